"""Pictures of articles, and how long a text may be."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('news', '0001_initial')]

    operations = [
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(editable=False, max_length=32, unique=True)),
                ('width', models.PositiveSmallIntegerField(editable=False, verbose_name='width')),
                ('height', models.PositiveSmallIntegerField(editable=False, verbose_name='height')),
                ('widths', models.JSONField(default=list, editable=False)),
                ('alt', models.CharField(blank=True, help_text='For people who do not see it: what is to be seen, in one phrase.', max_length=300, verbose_name='what it shows')),
                ('alt_en', models.CharField(blank=True, help_text='For people who do not see it: what is to be seen, in one phrase.', max_length=300, null=True, verbose_name='what it shows')),
                ('alt_zh_hant', models.CharField(blank=True, help_text='For people who do not see it: what is to be seen, in one phrase.', max_length=300, null=True, verbose_name='what it shows')),
                ('alt_zh_hans', models.CharField(blank=True, help_text='For people who do not see it: what is to be seen, in one phrase.', max_length=300, null=True, verbose_name='what it shows')),
                ('decorative', models.BooleanField(default=False, help_text='It tells nothing that the text does not, so it needs no words.', verbose_name='decorative')),
                ('credit', models.CharField(help_text='Who made it; shown beneath it.', max_length=200, verbose_name='credit')),
                ('licence', models.CharField(choices=[('cc0', 'CC0 1.0'), ('cc-by', 'CC BY 4.0'), ('cc-by-sa', 'CC BY-SA 4.0'), ('ogl', 'Open Government Licence 3.0'), ('permission', 'used with permission, all rights reserved')], max_length=12, verbose_name='licence')),
                ('people_agreed', models.BooleanField(default=False, verbose_name='Nobody can be recognised in it, or everybody who can be has agreed to be shown on this site')),
                ('added_at', models.DateTimeField(auto_now_add=True, verbose_name='added at')),
            ],
            options={
                'verbose_name': 'picture',
                'verbose_name_plural': 'pictures',
                'ordering': ('-pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('people_agreed', True)), name='picture_people_agreed'), models.CheckConstraint(condition=models.Q(models.Q(('credit', ''), _negated=True), models.Q(('licence', ''), _negated=True)), name='picture_has_a_credit'), models.CheckConstraint(condition=models.Q(('decorative', True), models.Q(('alt_en__gt', ''), ('alt_en__isnull', False), ('alt_zh_hant__gt', ''), ('alt_zh_hant__isnull', False), ('alt_zh_hans__gt', ''), ('alt_zh_hans__isnull', False)), _connector='OR'), name='picture_is_described')],
            },
        ),
        migrations.AddField(
            model_name='article',
            name='lead_picture',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='news.picture', verbose_name='picture at the top'),
        ),
        migrations.AlterField(
            model_name='article',
            name='body',
            field=models.TextField(blank=True, help_text="Markdown, at most 30,000 characters. A picture stands on a line of its own: ![caption](picture:12)", max_length=30000, verbose_name='body'),
        ),
        migrations.AlterField(
            model_name='article',
            name='body_en',
            field=models.TextField(blank=True, help_text="Markdown, at most 30,000 characters. A picture stands on a line of its own: ![caption](picture:12)", max_length=30000, null=True, verbose_name='body'),
        ),
        migrations.AlterField(
            model_name='article',
            name='body_zh_hans',
            field=models.TextField(blank=True, help_text="Markdown, at most 30,000 characters. A picture stands on a line of its own: ![caption](picture:12)", max_length=30000, null=True, verbose_name='body'),
        ),
        migrations.AlterField(
            model_name='article',
            name='body_zh_hant',
            field=models.TextField(blank=True, help_text="Markdown, at most 30,000 characters. A picture stands on a line of its own: ![caption](picture:12)", max_length=30000, null=True, verbose_name='body'),
        ),
    ]
