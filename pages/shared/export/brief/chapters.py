"""The chapters of a brief: which sentences, tables and charts of a deck stand where."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from pages.shared.deck.deck import SECTIONS, Deck, Slide, Stamp
from pages.shared.deck.exhibits import Bars, Curve, Headlines, Lines, Statements, Table
from pages.shared.export.brief.blocks import annexed, paragraph, shown
from pages.shared.export.brief.outline import Block, Brief, Chapter, Chart, Grid, Heading, Paragraph
from pages.shared.i18n import Text

# How much of a hash is printed: enough to tell two tables apart.
HASH = 16
# The topic of a chart by what its query begins with; the topic's name is that of its page.
TOPICS = {
    "coverage": "coverage",
    "members": "members",
    "services": "stations",
    "stations": "stations",
    "closure": "grievances",
    "backlog": "grievances",
    "tasks": "tasks",
}
OTHER = "brief"


def brief(deck: Deck) -> Brief:
    """Return the outline of the brief of a deck, in the deck's language."""
    stamp, text = deck.stamp, Text(deck.stamp.lang)
    annexes = list(enumerate(_annexes(deck, text), 1))
    appended = [
        Chapter(text("brief.annex", n=at, title=title), blocks, is_annex=True)
        for at, (title, blocks) in annexes
    ]
    area = text("brief.area", county=stamp.county, area=stamp.area) if _is_part(stamp, text) else stamp.county
    return Brief(
        lang=stamp.lang,
        title=(text("brief.title", area=area), text("brief.title_month", month=stamp.month_text)),
        name=text("brief.name", area=area, month=stamp.month_text),
        period=text("brief.period", cutoff=stamp.cutoff),
        chapters=_numbered((*_body(deck, text), *appended), text),
        attachments=tuple(
            text(f"brief.attachment_{'first' if at == 1 else 'more'}", n=at, title=title)
            for at, (title, _) in annexes
        ),
        header=text("brief.joint").join(part for part in (stamp.demonstration, stamp.audience_text) if part),
        footer=_footer(deck, text),
        published=_aware(stamp.published_at),
    )


def _aware(moment: str) -> datetime:
    """Return the moment of publication; one without a zone is taken as it stands, whatever the machine's."""
    published = datetime.fromisoformat(moment)
    return published if published.tzinfo else published.replace(tzinfo=UTC)


def _is_part(stamp: Stamp, text: Text) -> bool:
    """Tell whether not the whole county is shown; a profile calls it 全县, 全市 or 全区."""
    return stamp.area != text("frame.whole") and not (stamp.area.startswith("全") and len(stamp.area) == 2)


def _footer(deck: Deck, text: Text) -> tuple[str, ...]:
    stamp = deck.stamp
    facts = (stamp.cutoff, stamp.revision, stamp.denominator, stamp.audience_text, stamp.demonstration)
    made = text("brief.made", commit=stamp.commit, hash=stamp.sha8)
    return tuple(fact for fact in (*facts, stamp.filters, made) if fact)


def _body(deck: Deck, text: Text) -> tuple[Chapter, ...]:
    told = frozenset(sentence for sentences in deck.told.values() for sentence in sentences)
    opening = [Paragraph(deck.lead)] if deck.lead and deck.lead not in told else []
    named = {name: (deck.blocks.get(name, ""), _section(deck, name, told, text)) for name in SECTIONS}
    done = [named["changes"], *_topics(deck, told, text)]
    contents = (
        [*opening, *named["basics"][1]],
        _headed(done, text),
        named["shortfalls"][1],
        _headed([named["decisions"], named["proposals"]], text),
    )
    nothing = (Paragraph(text("brief.none")),)
    return tuple(
        Chapter(text(f"brief.chapter_{at}"), tuple(blocks) or nothing)
        for at, blocks in enumerate(contents, 1)
    )


def _section(deck: Deck, section: str, told: frozenset[str], text: Text) -> list[Block]:
    """Return the sentences of a block of the agenda, then its tables; charts have places of their own."""
    blocks: list[Block] = [Paragraph(sentence) for sentence in deck.told.get(section, ())]
    for slide in _joined(deck.slides):
        if slide.section == section and isinstance(slide.exhibit, Headlines | Table | Statements):
            blocks += shown(slide, told, deck.stamp, text)
    return blocks


def _topics(deck: Deck, told: frozenset[str], text: Text) -> list[tuple[str, list[Block]]]:
    """Return the charts by topic of the meeting: each behind its conclusion, which says where it is seen."""
    found: dict[str, list[Block]] = {name: [] for name in (*dict.fromkeys(TOPICS.values()), OTHER)}
    number = 0
    plots = [slide for slide in _joined(deck.slides) if isinstance(slide.exhibit, Bars | Lines | Curve)]
    for slide in sorted(plots, key=lambda slide: list(found).index(_topic(slide))):
        charts = shown(slide, told, deck.stamp, text)
        seen = text(
            f"brief.seen_{'one' if len(charts) == 1 else 'more'}", first=number + 1, last=number + len(charts)
        )
        number += len(charts)
        said = [note for note in slide.notes if note not in told | {slide.title}]
        concluded = Paragraph(text("brief.concluded", title=slide.title, seen=seen))
        found[_topic(slide)] += [concluded, *map(Paragraph, said), *charts]
    return [(text(f"{name}.nav"), blocks) for name, blocks in found.items()]


def _topic(slide: Slide) -> str:
    return TOPICS.get(slide.query.partition("_")[0], OTHER)


def _headed(parts: Iterable[tuple[str, list[Block]]], text: Text) -> list[Block]:
    """Return the parts that hold something, each under its numbered heading."""
    full = [(title, blocks) for title, blocks in parts if blocks]
    found: list[Block] = []
    for at, (title, blocks) in enumerate(full, 1):
        number = text(f"brief.numerals.n{at}") if text.has(f"brief.numerals.n{at}") else str(at)
        found += [Heading(text("brief.heading", n=number, title=title)), *blocks]
    return found


def _joined(slides: tuple[Slide, ...]) -> list[Slide]:
    """Return continued slides as one: paper has room for all townships."""
    whole: list[Slide] = []
    for slide in slides:
        if slide.part > 1 and whole:
            whole[-1] = _continued(whole[-1], slide)
        else:
            whole.append(replace(slide, parts=1))
    return whole


def _continued(first: Slide, more: Slide) -> Slide:
    ours, theirs = first.exhibit, more.exhibit
    if isinstance(ours, Bars) and isinstance(theirs, Bars):
        return replace(
            first, exhibit=replace(ours, rows=ours.rows + theirs.rows, top=max(ours.top, theirs.top))
        )
    if isinstance(ours, Statements) and isinstance(theirs, Statements):
        return replace(first, exhibit=Statements(ours.items + theirs.items))
    if isinstance(ours, Table) and isinstance(theirs, Table):
        lights = ours.lights + theirs.lights
        return replace(first, exhibit=replace(theirs, rows=ours.rows + theirs.rows, lights=lights))
    raise ValueError(f"slide {more.name!r} continues {first.name!r}, which shows something else")


def _annexes(deck: Deck, text: Text) -> list[tuple[str, tuple[Block, ...]]]:
    found: list[tuple[str, tuple[Block, ...]]] = [
        (annex.title, (annexed(annex, deck.stamp, text),)) for annex in deck.annexes
    ]
    if deck.definitions:
        found.append((text("brief.definitions"), _definitions(deck, text)))
    if deck.stamp.files:
        found.append((text("brief.sources"), (_sources(deck, text),)))
    return found


def _definitions(deck: Deck, text: Text) -> tuple[Block, ...]:
    found = [Paragraph(text("brief.rounding"), is_note=True)]
    for one in deck.definitions:
        formula = text("brief.formula", text=one.formula) if one.formula else ""
        said = paragraph([part for part in (one.sentence, formula, one.caveat) if part], text)
        found.append(
            Paragraph(
                text("brief.definition", name=one.name[:1].upper() + one.name[1:], text=said), is_note=True
            )
        )
    return tuple(found)


def _sources(deck: Deck, text: Text) -> Grid:
    names = ("ledger", "file", "sheet", "rows", "hash")
    rows = tuple(
        (_ledger(one.table, text), one.file or "—", one.sheet or "—", str(one.rows), one.sha256[:HASH])
        for one in deck.stamp.files
    )
    columns = tuple(text(f"brief.{name}") for name in names)
    numeric = (False, False, False, True, False)
    return Grid("", "", columns, numeric, rows, text("brief.sources"))


def _ledger(table: str, text: Text) -> str:
    return text(f"imports.tables.{table}") if text.has(f"imports.tables.{table}") else table


def _numbered(chapters: tuple[Chapter, ...], text: Text) -> tuple[Chapter, ...]:
    """Return the chapters with 表1 and 图1 before the titles of tables and charts."""
    counts = {"table": 0, "figure": 0}

    def number(block: Block) -> Block:
        if not isinstance(block, Grid | Chart) or not block.title:
            return block
        kind = "table" if isinstance(block, Grid) else "figure"
        counts[kind] += 1
        return replace(block, title=text(f"brief.{kind}_title", n=counts[kind], title=block.title))

    return tuple(replace(one, blocks=tuple(map(number, one.blocks))) for one in chapters)
