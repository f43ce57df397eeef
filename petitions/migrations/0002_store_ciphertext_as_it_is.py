"""PostgreSQL tries to compress long values; what is encrypted never gets shorter."""

from django.db import migrations

COLUMNS = ("sealed", "email_encrypted")


def set_storage(kind):
    def apply(apps, schema_editor):
        if schema_editor.connection.vendor != "postgresql":
            return
        for column in COLUMNS:
            schema_editor.execute(
                f"ALTER TABLE petitions_signature ALTER COLUMN {column} SET STORAGE {kind}"
            )

    return apply


class Migration(migrations.Migration):
    dependencies = [("petitions", "0001_initial")]

    operations = [
        migrations.RunPython(set_storage("EXTERNAL"), set_storage("EXTENDED")),
    ]
