"""All the systems on one port."""

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
from tests.doubles.gov.serving import Serving
from tests.doubles.gov.world import World


class Server:
    """``start`` returns when connections are taken; ``stop`` when the port is closed."""

    def __init__(self, world: World, port: int = 0) -> None:
        self._world = world
        parts = (OneStop, Province, PaymentApi, Oidc, Emc, Portal, Control)
        routes = [route for part in parts for route in part(world).routes()]
        routes.append(Route(pages.LOGIN, pages.login, methods=["GET", "POST"]))
        self._serving = Serving(Door(world, Starlette(routes=routes)), port)
        world.url = self._serving.url

    def start(self) -> None:
        self._serving.start()

    def stop(self) -> None:
        self._world.faults.clear()
        self._serving.stop()
        self._world.records.close()
