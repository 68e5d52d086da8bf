"""What citizens lose here: an answer that differs from the one the released model was measured with."""

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.engine.graph import GraphNode
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.trackers import DialogueStateTracker

QUESTIONS = (
    "đăng ký khai sinh cần giấy tờ gì",
    "le phi lam lai bang lai xe",
    "căn cước hết hạn thì đổi ở đâu, phường Hà Khẩu",
    "/restart",
    "🙂",
    "",
)


def read(runner: GraphRunner, metadata: ModelMetadata, text: str) -> object:
    tracker = DialogueStateTracker.from_events("nobody", [])
    inputs = {"__message__": [UserMessage(text)], "__tracker__": tracker}
    found = runner.run(inputs=inputs, targets=[metadata.nlu_target])
    assert list(found) == [metadata.nlu_target]
    return found[metadata.nlu_target][0].as_dict(only_output_properties=True)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_message_is_read_as_by_rasas_runner(
    straight: GraphRunner, dask: GraphRunner, metadata: ModelMetadata, text: str
) -> None:
    for _ in range(2):
        assert read(straight, metadata, text) == read(dask, metadata, text)


def test_each_part_runs_once_and_only_where_it_is_needed(
    straight: GraphRunner, metadata: ModelMetadata, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part that ran twice would cost every citizen its time; one too many could change what is read."""
    ran: list[str] = []
    call = GraphNode.__call__

    def noted(self: GraphNode, *inputs: object) -> object:
        ran.append(self._node_name)
        return call(self, *inputs)

    monkeypatch.setattr(GraphNode, "__call__", noted)
    read(straight, metadata, "xin chào")
    assert len(ran) == len(set(ran)) > 3
    assert not any("Policy" in name for name in ran)
