"""What a client sends is cut where its frames end, however it arrives."""

from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from chaos.frames import Frames, is_text


def frame(data: bytes, opcode: Opcode = Opcode.TEXT) -> bytes:
    return Frame(opcode, data).serialize(mask=True)


@given(st.lists(st.binary(max_size=70_000), max_size=4), st.integers(1, 5_000))
def test_every_frame_comes_out_whole_in_order(words: list[bytes], size: int) -> None:
    sent = [frame(each) for each in words]
    stream, frames, found = b"".join(sent), Frames(), list[bytes]()

    for start in range(0, len(stream), size):
        found += frames.take(stream[start : start + size])

    assert found == sent


def test_only_whole_messages_of_text_may_be_moved() -> None:
    assert is_text(frame(b"{}"))
    assert not is_text(frame(b"", Opcode.CLOSE))
    assert not is_text(frame(b"", Opcode.PONG))
    assert not is_text(Frame(Opcode.TEXT, b"{", fin=False).serialize(mask=True))
