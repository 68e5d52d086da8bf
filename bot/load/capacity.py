"""From what one message costs to how many machines a province or a country needs, and what they cost.

``python -m bot.load.capacity --assistant 10 --gateway 15 --database 10`` prints the tables of
``docs/capacity.md`` for measured milliseconds of CPU a message.
"""

import math
from dataclasses import dataclass

import click


@dataclass(frozen=True)
class Cost:
    """Milliseconds of CPU that one message of a citizen takes, with storing and sending the answer."""

    assistant: float
    gateway: float
    database: float

    @property
    def total(self) -> float:
        return self.assistant + self.gateway + self.database

    def per_core(self) -> float:
        """Messages a second that one core carries, all processes of the road counted."""
        return 1000 / self.total


@dataclass(frozen=True)
class Demand:
    """How citizens write. ``asking``: share of ``people`` who write on the busiest day; ``messages`` of one
    of them; ``busiest_hour``: its share of the day; ``peak``: how far the busiest minute is above its hour.
    """

    people: int
    asking: float = 0.01
    messages: float = 6.0
    busiest_hour: float = 0.15
    peak: float = 2.0

    def per_day(self) -> float:
        """Messages on the busiest day."""
        return self.people * self.asking * self.messages

    def per_second(self) -> float:
        """Messages a second in the busiest minute."""
        return self.per_day() * self.busiest_hour / 3600 * self.peak


@dataclass(frozen=True)
class Terms:
    """``used``: share of a core that may be busy in the busiest minute; ``cores`` of one machine; ``price``
    of one core for a month, in dong; ``spare`` machines that may fail without a citizen noticing.
    """

    used: float = 0.6
    cores: int = 4
    price: int = 400_000
    spare: int = 1


@dataclass(frozen=True)
class Plan:
    """``machines`` with the spare ones; ``price`` a month in dong."""

    per_second: float
    cores: float
    machines: int
    assistants: int
    price: int


def citizens_per_hour(cost: Cost, demand: Demand, terms: Terms) -> float:
    """Citizens whose whole conversation one core carries in an hour."""
    return cost.per_core() * terms.used * 3600 / demand.messages


def plan(cost: Cost, demand: Demand, terms: Terms) -> Plan:
    """Machines for the busiest minute. At least one works besides the spare ones."""
    per_second = demand.per_second()
    cores = per_second * cost.total / 1000 / terms.used
    machines = max(1, math.ceil(cores / terms.cores)) + terms.spare
    # An assistant is one process on one core.
    assistants = max(1, math.ceil(per_second * cost.assistant / 1000 / terms.used)) + terms.spare
    return Plan(per_second, cores, machines, assistants, machines * terms.cores * terms.price)


PROVINCE = Demand(1_300_000)
COUNTRY = Demand(100_000_000)
PLACES = {
    "One province (1.3 million people)": PROVINCE,
    "Ten times": Demand(13_000_000),
    "The country (100 million people)": COUNTRY,
    "A hundred times": Demand(130_000_000),
}


def tables(cost: Cost, terms: Terms) -> str:
    """What follows from ``cost``, as Markdown."""
    lines = [
        f"One core carries {cost.per_core():.0f} messages/s; at {terms.used:.0%} of it, the whole "
        f"conversations of {citizens_per_hour(cost, PROVINCE, terms):,.0f} citizens an hour.",
        "",
        "| | Messages on the busiest day | Messages/s in the busiest minute | Cores busy at most "
        f"{terms.used:.0%} | Assistants | Machines of {terms.cores} cores, {terms.spare} spare "
        "| Million dong a month |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, demand in PLACES.items():
        found = plan(cost, demand, terms)
        lines.append(
            f"| {name} | {demand.per_day():,.0f} | {found.per_second:,.1f} | {found.cores:,.1f} "
            f"| {found.assistants} | {found.machines} | {found.price / 1_000_000:,.1f} |"
        )
    return "\n".join(lines)


@click.command()
@click.option("--assistant", type=float, required=True, help="Measured ms of CPU a message.")
@click.option("--gateway", type=float, required=True, help="Measured ms of CPU a message.")
@click.option("--database", type=float, required=True, help="Measured ms of CPU a message.")
@click.option("--price", type=int, default=Terms.price, help="Of one core for a month, in dong.")
def main(assistant: float, gateway: float, database: float, price: int) -> None:
    """Print the tables of docs/capacity.md."""
    click.echo(tables(Cost(assistant, gateway, database), Terms(price=price)))


if __name__ == "__main__":
    main()
