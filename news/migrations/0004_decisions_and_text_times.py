"""Decisions that articles report; when each language of one last changed."""

import django.db.models.deletion
from django.db import migrations, models


def start_clocks(apps, schema_editor):
    """Take all languages of an article to be in step, as of its last change."""
    articles = apps.get_model("news", "Article").objects
    changed = ("changed_en", "changed_zh_hant", "changed_zh_hans")
    articles.update(**dict.fromkeys(changed, models.F("updated_at")))
    articles.filter(title_en__gt="").update(written_in="en")
    articles.filter(written_in="", title_zh_hant__gt="").update(written_in="zh-hant")


class Migration(migrations.Migration):
    dependencies = [('cities', '0004_missing_place'), ('news', '0003_kinds_of_notes')]

    operations = [
        migrations.AddField(
            model_name='article',
            name='changed_en',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='article',
            name='changed_zh_hans',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='article',
            name='changed_zh_hant',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='article',
            name='status_event',
            field=models.ForeignKey(blank=True, help_text='An event of the record; it is shown with its source.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='articles', to='cities.statusevent', verbose_name='decision it reports'),
        ),
        migrations.AddField(
            model_name='article',
            name='written_in',
            field=models.CharField(blank=True, choices=[('en', 'English'), ('zh-hant', '繁體中文'), ('zh-hans', '简体中文')], help_text='The others are translations of it, and wait at the translation desk when they are older. Empty: English, or whatever there is.', max_length=7, verbose_name='written in'),
        ),
        migrations.RunPython(start_clocks, migrations.RunPython.noop),
    ]
