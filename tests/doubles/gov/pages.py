"""HTML that comes where JSON was expected."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

LOGIN = "/dang-nhap"


def _page(title: str, text: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="vi"><head><title>{title}</title></head><body><p>{text}</p></body></html>'
    )


def error() -> Response:
    return HTMLResponse(_page("Lỗi", "Đã có lỗi xảy ra, vui lòng thử lại sau."))


def maintenance() -> Response:
    text = "Hệ thống đang bảo trì, nâng cấp. Kính mong quý vị thông cảm."
    return HTMLResponse(_page("Bảo trì", text), 503, {"Retry-After": "3600"})


def failed(status: int) -> Response:
    return HTMLResponse(_page(str(status), "Internal Server Error"), status)


async def login(_request: Request) -> Response:
    return HTMLResponse(_page("Đăng nhập", "Phiên làm việc đã hết hạn, vui lòng đăng nhập lại."))
