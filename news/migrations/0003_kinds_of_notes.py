"""A note on an article tells of an error, or of something new."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('news', '0002_pictures')]

    operations = [
        migrations.AlterModelOptions(
            name='correction',
            options={'ordering': ['-day', '-pk'], 'verbose_name': 'correction or update', 'verbose_name_plural': 'corrections and updates'},
        ),
        migrations.AddField(
            model_name='correction',
            name='kind',
            field=models.CharField(choices=[('error', 'something was wrong'), ('update', 'something is new')], default='error', max_length=6, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='what',
            field=models.TextField(verbose_name='what was corrected or added'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='what_en',
            field=models.TextField(null=True, verbose_name='what was corrected or added'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='what_zh_hans',
            field=models.TextField(null=True, verbose_name='what was corrected or added'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='what_zh_hant',
            field=models.TextField(null=True, verbose_name='what was corrected or added'),
        ),
    ]
