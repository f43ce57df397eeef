"""Records the mail providers known at the start; organisers edit them later."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PLUS_AND_DOTS = ("gmail.com", "googlemail.com")
PLUS = (
    *("outlook.com", "hotmail.com", "live.com"),
    *("fastmail.com", "fastmail.fm"),
    *("proton.me", "protonmail.com", "pm.me"),
    *("icloud.com", "me.com", "mac.com"),
)
IN_MAINLAND_CHINA = (
    *("qq.com", "foxmail.com", "vip.qq.com", "163.com", "126.com", "yeah.net"),
    *("sina.com", "sina.cn", "vip.sina.com", "sohu.com", "aliyun.com", "139.com"),
    *("189.cn", "21cn.com", "wo.cn", "188.com", "tom.com", "263.net"),
)
ALIASES = {"googlemail.com": "gmail.com"}


def seed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    MailDomain = apps.get_model("safety", "MailDomain")
    MailDomain.objects.bulk_create(
        MailDomain(
            domain=domain,
            canonical=ALIASES.get(domain, ""),
            strip_plus=domain in PLUS_AND_DOTS + PLUS,
            strip_dots=domain in PLUS_AND_DOTS,
            in_mainland_china=domain in IN_MAINLAND_CHINA,
        )
        for domain in PLUS_AND_DOTS + PLUS + IN_MAINLAND_CHINA
    )


def unseed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    MailDomain = apps.get_model("safety", "MailDomain")
    seeded = PLUS_AND_DOTS + PLUS + IN_MAINLAND_CHINA
    MailDomain.objects.filter(domain__in=seeded).delete()


class Migration(migrations.Migration):
    dependencies = [("safety", "0001_initial")]

    operations = [migrations.RunPython(seed, unseed)]
