"""Real files of the kinds citizens send, with what must not be kept in them."""

import io
import zipfile

import pikepdf
from PIL import Image, PngImagePlugin

PLACE = (20.0, 57.0, 3.0)
OWNER = "Nguyễn Thị Bí Mật"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def photo(width: int = 40, height: int = 20, turned: int = 6) -> bytes:
    """A JPEG, red on the left and blue on the right, with the place and the owner in its Exif data."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (width // 2, 0, width, height))
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x013B] = OWNER
    exif.get_ifd(0x8825).update({1: "N", 2: PLACE, 3: "E", 4: (107.0, 4.0, 5.0)})
    saved = io.BytesIO()
    picture.save(saved, "JPEG", exif=exif, comment=OWNER.encode(), quality=95)
    return saved.getvalue()


def drawing() -> bytes:
    """A PNG with a text chunk and Exif data."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", OWNER)
    exif = Image.Exif()
    exif[0x013B] = OWNER
    saved = io.BytesIO()
    Image.new("RGBA", (8, 6), (0, 128, 0, 100)).save(saved, "PNG", pnginfo=notes, exif=exif)
    return saved.getvalue()


def pdf(**options: object) -> bytes:
    """One page with a photo, a web link, a script, an embedded file, a launch action and an author."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(200, 100))
    shot = pikepdf.Stream(document, photo())
    shot.Type, shot.Subtype, shot.Filter = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DCTDecode
    shot.Width, shot.Height, shot.BitsPerComponent, shot.ColorSpace = 40, 20, 8, pikepdf.Name.DeviceRGB
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=shot))
    page.Contents = document.make_stream(b"/Photo Do")
    link, launch, note = (
        pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9])
        for _ in range(3)
    )
    link.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://dichvucong.gov.vn")
    launch.A = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    note.Subtype, note.T, note.Contents = pikepdf.Name.Text, OWNER, "ghi chú"
    page.Annots = document.make_indirect(pikepdf.Array([link, launch, note]))
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.attachments["virus.exe"] = b"MZ" + b"embedded" * 9
    document.docinfo["/Author"] = OWNER
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = [OWNER]
    saved = io.BytesIO()
    document.save(saved, **options)  # type: ignore[arg-type]
    return saved.getvalue()


def docx(extra: dict[str, bytes] | None = None, main: str = MAIN, links: str = "") -> bytes:
    """A Word document with properties, a thumbnail, a comment and a photo."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    package = "http://schemas.openxmlformats.org/package/2006"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="r2" Type="{package}/relationships/metadata/thumbnail"'
        ' Target="docProps/thumbnail.jpeg"/></Relationships>',
        "word/_rels/document.xml.rels": f'{head}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/hyperlink" Target="https://dichvucong.gov.vn"'
        f' TargetMode="External"/>{links}</Relationships>',
        "word/document.xml": f'{head}<w:document xmlns:w="{WORD}"><w:body><w:p><w:ins w:id="1"'
        f' w:author="{OWNER}"><w:r><w:t>Đơn đề nghị, author="x"</w:t></w:r></w:ins></w:p></w:body>'
        "</w:document>",
        "word/comments.xml": f'{head}<w:comments xmlns:w="{WORD}"><w:comment w:id="0"'
        f' w:author="{OWNER}" w:initials="NTBM"><w:p><w:r><w:t>xin xem lại</w:t></w:r></w:p></w:comment>'
        "</w:comments>",
        "docProps/core.xml": f"{head}<core><creator>{OWNER}</creator></core>",
        "docProps/app.xml": f"{head}<Properties><Company>{OWNER}</Company></Properties>",
        "docProps/thumbnail.jpeg": photo(),
        "word/media/image1.jpeg": photo(),
        **(extra or {}),
    }
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as package_file:
        for name, body in parts.items():
            package_file.writestr(name, body)
    return saved.getvalue()
