"""English words and form names that citizens mix into Vietnamese."""

_FOREIGN = """
    ad app apply apk bank best bill box bus capcha captcha card case chat check code cost deadline download
    email facebook fanpage fast fax fb file font form full gas gmail has hello heic hotline ios iphone is jpg
    just ko last link list login logo mail max mobile must next offline ok online out page paste pdf phone
    photo pos post qr rest scan sim sms smart spam status submit sos tax telegram test text tiktok times
    tivi true update upload up us user video viber visa vneid vssid web website west wifi win word youtube
    zalo otp pin kt3 ct01 ct02 na xls xlsx doc docx png gif usb
"""
FOREIGN_WORDS = frozenset(_FOREIGN.split())
"""Words that citizens write as they are; never decoded as keystrokes, never squeezed."""
