"""All the systems on one port of this machine, served by a thread."""

import socket
from threading import Thread

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from tests.doubles.gov import pages
from tests.doubles.gov.control import Control
from tests.doubles.gov.door import Door
from tests.doubles.gov.emc import Emc
from tests.doubles.gov.oidc import Oidc
from tests.doubles.gov.onestop import OneStop
from tests.doubles.gov.payment_api import PaymentApi
from tests.doubles.gov.portal import Portal
from tests.doubles.gov.province import Province
from tests.doubles.gov.world import World


class Server:
    """``start`` returns when connections are taken; ``stop`` when the port is closed."""

    def __init__(self, world: World, port: int = 0) -> None:
        self._world = world
        parts = (OneStop, Province, PaymentApi, Oidc, Emc, Portal, Control)
        routes = [route for part in parts for route in part(world).routes()]
        routes.append(Route(pages.LOGIN, pages.login, methods=["GET", "POST"]))
        config = uvicorn.Config(
            Door(world, Starlette(routes=routes)),
            log_level="critical",
            access_log=False,
            lifespan="off",
            http="h11",
            ws="none",
            loop="asyncio",
            proxy_headers=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        # Connections queue up from now on, so nobody has to wait for the thread.
        self._socket.listen(1024)
        world.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = Thread(target=self._server.run, args=([self._socket],), daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._world.faults.clear()
        self._thread.join(10)
        self._socket.close()
        self._world.records.close()
