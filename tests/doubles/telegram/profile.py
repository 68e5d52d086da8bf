"""Who the bot is, its commands, and files."""

import re
from typing import Any

from tests.doubles.telegram.errors import bad_request
from tests.doubles.telegram.params import Params
from tests.doubles.telegram.state import State

COMMANDS = 100
_NAME = re.compile(r"/?[a-z0-9_]{1,32}")
_DESCRIPTION = 256


async def get_me(state: State, params: Params) -> dict[str, Any]:
    return {
        **state.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": not state.options.group_privacy,
        "supports_inline_queries": False,
    }


async def get_file(state: State, params: Params) -> dict[str, Any]:
    file_id = params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    return state.files.link(file_id)


async def set_my_commands(state: State, params: Params) -> bool:
    commands = params.json("commands")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    read = [_command(command) for command in commands]
    state.commands = read
    return True


def _command(command: Any) -> dict[str, str]:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name, description = command.get("command"), command.get("description")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not isinstance(description, str) or not 1 <= len(description.strip()) <= _DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.lstrip("/"), "description": description.strip()}


async def get_my_commands(state: State, params: Params) -> list[dict[str, str]]:
    return state.commands


PROFILE_METHODS = {
    "getMe": get_me,
    "getFile": get_file,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
}
