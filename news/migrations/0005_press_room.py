
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cities', '0004_missing_place'),
        ("news", "0004_decisions_and_text_times"),
    ]

    operations = [
        migrations.CreateModel(
            name='Coverage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='As it stands there, not translated.', max_length=250, verbose_name='title')),
                ('outlet', models.CharField(max_length=120, verbose_name='outlet')),
                ('day', models.DateField(verbose_name='day')),
                ('url', models.URLField(max_length=500, unique=True, verbose_name='address')),
                ('language', models.CharField(choices=[('en', 'English'), ('zh-Hant', '繁體中文'), ('zh-Hans', '简体中文'), ('de', 'Deutsch'), ('ja', '日本語'), ('sv', 'Svenska'), ('fr', 'Français'), ('und', 'another language')], max_length=10, verbose_name='language')),
            ],
            options={
                'verbose_name': 'press report',
                'verbose_name_plural': 'press reports',
                'ordering': ['-day', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Spokesperson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('role', models.CharField(max_length=150, verbose_name='role')),
                ('role_en', models.CharField(max_length=150, null=True, verbose_name='role')),
                ('role_zh_hant', models.CharField(max_length=150, null=True, verbose_name='role')),
                ('role_zh_hans', models.CharField(max_length=150, null=True, verbose_name='role')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('agreed_on', models.DateField(blank=True, help_text='The day on which they said so themselves. Empty: not shown, and none of their quotes either. A name in public can put a family in danger.', null=True, verbose_name='agreed to be named on')),
            ],
            options={
                'verbose_name': 'spokesperson',
                'verbose_name_plural': 'spokespeople',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PressAsset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='Letters, digits and hyphens, such as sheffield-stall-2022.', max_length=80, unique=True, verbose_name='file name')),
                ('alt', models.CharField(help_text='In one phrase.', max_length=300, verbose_name='what it shows')),
                ('alt_en', models.CharField(help_text='In one phrase.', max_length=300, null=True, verbose_name='what it shows')),
                ('alt_zh_hant', models.CharField(help_text='In one phrase.', max_length=300, null=True, verbose_name='what it shows')),
                ('alt_zh_hans', models.CharField(help_text='In one phrase.', max_length=300, null=True, verbose_name='what it shows')),
                ('credit', models.CharField(max_length=200, verbose_name='credit')),
                ('licence', models.CharField(choices=[('cc0', 'CC0 1.0'), ('cc-by', 'CC BY 4.0'), ('cc-by-sa', 'CC BY-SA 4.0'), ('press', 'free for reports about the campaign, with the credit')], max_length=12, verbose_name='licence')),
                ('people_agreed', models.BooleanField(default=False, help_text='Look at faces in the background, name badges and number plates too. The press will print it, and nobody can take it back from there.', verbose_name='nobody can be recognised in it, or everybody who can be has agreed')),
                ('is_shown', models.BooleanField(default=True, verbose_name='shown in the press room')),
                ('digest', models.CharField(editable=False, max_length=32)),
                ('width', models.PositiveSmallIntegerField(editable=False, verbose_name='width')),
                ('height', models.PositiveSmallIntegerField(editable=False, verbose_name='height')),
                ('weight', models.PositiveIntegerField(editable=False, verbose_name='bytes')),
            ],
            options={
                'verbose_name': 'press picture',
                'verbose_name_plural': 'press pictures',
                'ordering': ['slug'],
                'constraints': [models.CheckConstraint(condition=models.Q(('people_agreed', True)), name='press_picture_people_agreed'), models.CheckConstraint(condition=models.Q(models.Q(('credit', ''), _negated=True), models.Q(('licence', ''), _negated=True)), name='press_picture_has_a_credit')],
            },
        ),
        migrations.CreateModel(
            name='PressContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='As they want to be named in public; an office will do.', max_length=120, verbose_name='name')),
                ('role', models.CharField(blank=True, max_length=150, verbose_name='role')),
                ('role_en', models.CharField(blank=True, max_length=150, null=True, verbose_name='role')),
                ('role_zh_hant', models.CharField(blank=True, max_length=150, null=True, verbose_name='role')),
                ('role_zh_hans', models.CharField(blank=True, max_length=150, null=True, verbose_name='role')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='when and in which languages')),
                ('note_en', models.CharField(blank=True, max_length=200, null=True, verbose_name='when and in which languages')),
                ('note_zh_hant', models.CharField(blank=True, max_length=200, null=True, verbose_name='when and in which languages')),
                ('note_zh_hans', models.CharField(blank=True, max_length=200, null=True, verbose_name='when and in which languages')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('is_shown', models.BooleanField(default=False, help_text='Only when this person has agreed to be named there.', verbose_name='shown in the press room')),
            ],
            options={
                'verbose_name': 'press contact',
                'verbose_name_plural': 'press contacts',
                'ordering': ['position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('email', ''), _negated=True), models.Q(('phone', ''), _negated=True), _connector='OR'), name='press_contact_can_be_reached', violation_error_message='Give an e-mail address or a phone number.')],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(blank=True, max_length=100, unique=True, verbose_name='slug')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('title_en', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('title_zh_hant', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('title_zh_hans', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('summary', models.TextField(blank=True, max_length=400, verbose_name='summary')),
                ('summary_en', models.TextField(blank=True, max_length=400, null=True, verbose_name='summary')),
                ('summary_zh_hant', models.TextField(blank=True, max_length=400, null=True, verbose_name='summary')),
                ('summary_zh_hans', models.TextField(blank=True, max_length=400, null=True, verbose_name='summary')),
                ('body', models.TextField(blank=True, help_text='Markdown', verbose_name='body')),
                ('body_en', models.TextField(blank=True, help_text='Markdown', null=True, verbose_name='body')),
                ('body_zh_hant', models.TextField(blank=True, help_text='Markdown', null=True, verbose_name='body')),
                ('body_zh_hans', models.TextField(blank=True, help_text='Markdown', null=True, verbose_name='body')),
                ('embargo_until', models.DateTimeField(blank=True, help_text='In UTC. Empty: a draft, which no link opens either. At this hour it becomes public by itself.', null=True, verbose_name='embargo until')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed at')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='releases', to='cities.place', verbose_name='place')),
            ],
            options={
                'verbose_name': 'press release',
                'verbose_name_plural': 'press releases',
            },
        ),
        migrations.CreateModel(
            name='OutletLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outlet', models.CharField(help_text='The outlet only, not a person.', max_length=120, verbose_name='outlet')),
                ('works_until', models.DateTimeField(blank=True, help_text='In UTC. Empty: until the embargo ends.', null=True, verbose_name='works until')),
                ('is_revoked', models.BooleanField(default=False, help_text='The address given out never opens anything again.', verbose_name='revoked')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('nonce', models.BinaryField(default=b"", max_length=16)),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='news.release', verbose_name='press release')),
            ],
            options={
                'verbose_name': 'link for an outlet',
                'verbose_name_plural': 'links for outlets',
                'ordering': ['made_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Quote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(max_length=600, verbose_name='words')),
                ('words_en', models.TextField(max_length=600, null=True, verbose_name='words')),
                ('words_zh_hant', models.TextField(max_length=600, null=True, verbose_name='words')),
                ('words_zh_hans', models.TextField(max_length=600, null=True, verbose_name='words')),
                ('approved_on', models.DateField(blank=True, help_text='The day on which the speaker approved these words in every language that is filled in. Empty: not shown. Change the words, and ask again.', null=True, verbose_name='approved on')),
                ('speaker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quotes', to='news.spokesperson', verbose_name='spokesperson')),
            ],
            options={
                'verbose_name': 'quote',
                'verbose_name_plural': 'quotes',
                'ordering': ['-approved_on', '-pk'],
            },
        ),
        migrations.AddIndex(
            model_name='release',
            index=models.Index(fields=['-embargo_until', 'slug'], name='news_releas_embargo_b4c2ad_idx'),
        ),
    ]
