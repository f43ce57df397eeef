import django.utils.timezone
from django.db import migrations, models
from django.db.models import F


def know_since_the_first_check(apps, schema_editor):
    """What is on record already was known when it was checked."""
    events = apps.get_model("cities", "StatusEvent").objects
    events.exclude(checked_on=None).update(recorded_on=F("checked_on"))


class Migration(migrations.Migration):
    dependencies = [("cities", "0002_corrections_candidates_reports")]

    operations = [
        migrations.AddField(
            model_name="statusevent",
            name="recorded_on",
            field=models.DateField(
                default=django.utils.timezone.localdate,
                editable=False,
                verbose_name="recorded on",
            ),
        ),
        migrations.RunPython(know_since_the_first_check, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("slug__in", ("countries", "definitions", "missing")),
                    _negated=True,
                ),
                name="place_slug_is_no_page",
                violation_error_message="This address belongs to another page.",
            ),
        ),
    ]
