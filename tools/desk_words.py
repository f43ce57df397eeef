"""What the tool says, in three languages: the English sentence is the key.

The tool runs without Django and without catalogs, hence a table of its own.
"""

from __future__ import annotations

LANGUAGES = {"en": "English", "zh-hant": "繁體中文", "zh-hans": "简体中文"}
_CHINESE = ("zh-hant", "zh-hans")
_spoken = "en"


def speak(language: str) -> None:
    """Choose the language of everything said from here on."""
    global _spoken
    _spoken = language


def spoken() -> str:
    """Return the chosen language."""
    return _spoken


def told(sentence: str, *values: object) -> str:
    """Return a sentence in the chosen language with its values in place."""
    if _spoken in _CHINESE:
        texts = TEXTS.get(sentence, (sentence, sentence))
        sentence = texts[_CHINESE.index(_spoken)]
    return sentence.format(*values)


# fmt: off
TEXTS: dict[str, tuple[str, str]] = {
    # The window and the menu
    "Keys and sealed lists": ("密鑰與密封名單", "密钥与密封名单"),
    "This computer should not be connected to any network.": (
        "這部電腦不應連接任何網絡。",
        "这台电脑不应连接任何网络。"),
    "Make a key": ("製作密鑰", "制作密钥"),
    "Once, when you become a key holder.": (
        "成為保管人時做一次。", "成为保管人时做一次。"),
    "Open a list": ("開啟名單", "打开名单"),
    "Makes the council's list and names likely fakes.": (
        "製作交給議會的名單，並指出可疑的簽署。",
        "制作交给议会的名单，并指出可疑的签署。"),
    "Check a list": ("檢查名單", "检查名单"),
    "Says whether a list is whole; writes nothing.": (
        "說明名單是否完整；不會寫入任何檔案。",
        "说明名单是否完整；不会写入任何文件。"),
    "The same as a command:": ("相應的指令：", "相应的命令："),
    "Working. This takes a moment.": ("處理中，請稍候。", "正在处理，请稍候。"),
    "Done.": ("完成。", "完成。"),
    "Not done.": ("未能完成。", "未能完成。"),
    "Cancelled. Nothing was written.": (
        "已取消，沒有寫入任何檔案。", "已取消，没有写入任何文件。"),
    "Where to keep the new key file": ("新密鑰檔案存放位置", "新密钥文件存放位置"),
    "The sealed list from the site": ("從網站取得的密封名單", "从网站取得的密封名单"),
    "Your key file": ("您的密鑰檔案", "您的密钥文件"),
    "Where to write the opened list": ("開啟後的名單存放位置", "打开后的名单存放位置"),
    "Signatures withdrawn since (withdrawn.txt); cancel if you have none": (
        "其後撤回的簽署（withdrawn.txt）；如沒有，請按取消",
        "其后撤回的签署（withdrawn.txt）；如没有，请按取消"),
    "Passphrase": ("密碼短語", "密码短语"),
    "Again": ("再輸入一次", "再输入一次"),
    "At least {0} characters. Nobody can reset it.": (
        "至少{0}個字元。無人能代您重設。", "至少{0}个字符。无人能替您重设。"),
    "Key identifiers that you know, with spaces; empty to believe the list": (
        "您認得的密鑰識別碼，以空格分隔；留空即採信名單所載",
        "您认得的密钥识别码，以空格分隔；留空即采信名单所载"),
    "Continue": ("繼續", "继续"),
    "Cancel": ("取消", "取消"),
    "Copy": ("複製", "复制"),
    "Leave": ("離開", "退出"),
    "Number: ": ("號碼：", "序号："),
    "File: ": ("檔案：", "文件："),
    # What the commands say
    "Public key:": ("公開密鑰：", "公开密钥："),
    "Key identifier: {0}": ("密鑰識別碼：{0}", "密钥识别码：{0}"),
    "Fingerprint: {0}": ("指紋：{0}", "指纹：{0}"),
    "Words to write on paper and keep apart from the file:": (
        "請將以下字詞抄在紙上，並與檔案分開存放：",
        "请将以下字词抄在纸上，并与文件分开存放："),
    "Keys named by the export itself; compare them with your own list:": (
        "名單自行列出的密鑰，請與您自己的記錄核對：",
        "名单自行列出的密钥，请与您自己的记录核对："),
    "Petition: {0}": ("聯署：{0}", "联署：{0}"),
    "Drawn on: {0}": ("提取日期：{0}", "提取日期：{0}"),
    "Records: {0}": ("記錄：{0}", "记录：{0}"),
    "SHA-256: {0}": ("SHA-256：{0}", "SHA-256：{0}"),
    "The file is whole.": ("檔案完整。", "文件完整。"),
    "Opened: {0}": ("已開啟：{0}", "已打开：{0}"),
    "Opens with this key: {0}": ("可用此密鑰開啟：{0}", "可用此密钥打开：{0}"),
    "Left out because withdrawn: {0}": ("因撤回而略去：{0}", "因撤回而略去：{0}"),
    "Left out as you asked: {0}": ("按您要求略去：{0}", "按您要求略去：{0}"),
    "Failed: {0}": ("未能開啟：{0}", "未能打开：{0}"),
    "Not opened: {0}: {1}": ("未能開啟：{0}：{1}", "未能打开：{0}：{1}"),
    "Fields for the council: {0}": ("交給議會的項目：{0}", "交给议会的项目：{0}"),
    "Likely fakes: {0}": ("可疑簽署：{0}", "可疑签署：{0}"),
    "Read {0}, take the lines of real people out of {1}, then open again with "
    "--leave-out {1}. An organiser quarantines these numbers at the desk.": (
        "請細閱{0}，從{1}刪去真實簽署者的行，然後加上 --leave-out {1} 再開啟一次。"
        "其後由組織者在後台擱置這些編號。",
        "请细读{0}，从{1}删去真实签署者的行，然后加上 --leave-out {1} 再打开一次。"
        "其后由组织者在后台搁置这些编号。"),
    "Written: {0}": ("已寫入：{0}", "已写入：{0}"),
    # What goes wrong
    "The two passphrases differ.": (
        "兩次輸入的密碼短語不同。", "两次输入的密码短语不同。"),
    "A passphrase has at least {0} characters.": (
        "密碼短語至少要有{0}個字元。", "密码短语至少要有{0}个字符。"),
    "Wrong passphrase, or the key file was altered.": (
        "密碼短語不對，或密鑰檔案曾被更改。", "密码短语不对，或密钥文件曾被更改。"),
    "{0} is damaged.": ("{0}已損壞。", "{0}已损坏。"),
    "{0} is no key file of this tool.": (
        "{0}並非本工具的密鑰檔案。", "{0}不是本工具的密钥文件。"),
    "{0} is there already and is not overwritten.": (
        "{0}已經存在，不會覆寫。", "{0}已经存在，不会覆盖。"),
    "{0} is no export that this tool can read.": (
        "{0}並非本工具能讀取的名單。", "{0}不是本工具能读取的名单。"),
    "{0} holds something that is no record number.": (
        "{0}載有並非記錄編號的內容。", "{0}含有不是记录编号的内容。"),
    "The 24 words are not right: {0}": ("24個字詞不正確：{0}", "24个字词不正确：{0}"),
    "Line {0} of the export is damaged.": (
        "名單第{0}行已損壞。", "名单第{0}行已损坏。"),
    "The export is cut off or was altered: its last line does not fit the rest.": (
        "名單不完整或曾被更改：末行與其餘內容不符。",
        "名单不完整或曾被更改：末行与其余内容不符。"),
    "The export is not the one you were told of: its SHA-256 differs.": (
        "名單並非您獲告知的一份：SHA-256不同。",
        "名单不是您获告知的那一份：SHA-256不同。"),
    "The export holds a record twice.": (
        "名單中有重複的記錄。", "名单中有重复的记录。"),
    "The export asks for a field that no council is given: {0}.": (
        "名單要求一個從不交給議會的項目：{0}。",
        "名单要求一个从不交给议会的项目：{0}。"),
    "Record {0} belongs to another petition.": (
        "記錄{0}屬於另一項聯署。", "记录{0}属于另一项联署。"),
    "Records are sealed to unknown keys: {0}. Somebody may have put a key of theirs "
    "on the site. Nothing was opened; tell the other key holders.": (
        "有記錄以不明密鑰密封：{0}。可能有人在網站加入了自己的密鑰。"
        "沒有開啟任何記錄；請告知其他保管人。",
        "有记录以不明密钥密封：{0}。可能有人在网站加入了自己的密钥。"
        "没有打开任何记录；请告知其他保管人。"),
    # Why a signature may be a fake
    "same name and postcode as an earlier one": (
        "姓名和郵政編碼與較早一項相同", "姓名和邮政编码与较早一项相同"),
    "same e-mail address as an earlier one": (
        "電郵地址與較早一項相同", "邮箱与较早一项相同"),
    "there is no such postcode": ("沒有這個郵政編碼", "没有这个邮政编码"),
    "the name repeats itself": ("姓名內容重複", "姓名内容重复"),
    "the name holds digits": ("姓名含有數字", "姓名含有数字"),
    "one of many numbered e-mail addresses": (
        "同一串編號電郵地址之一", "同一串编号邮箱之一"),
    "one of many with this postcode": ("同一郵政編碼出現多次", "同一邮政编码出现多次"),
}
# fmt: on
