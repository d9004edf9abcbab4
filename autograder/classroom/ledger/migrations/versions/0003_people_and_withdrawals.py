"""Who handed in by name and SID; withdrawals; digests that hold kinds and lengths."""

import base64
import hashlib
import json
import unicodedata
import zlib
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("hand_ins", sa.Column("people", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "withdrawals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hand_in", sa.Integer(), nullable=False),
        sa.Column("student", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["hand_in"], ["hand_ins.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_withdrawals_hand_in", "withdrawals", ["hand_in"])
    _new_digests()


def _new_digests() -> None:
    """Without this, what is handed in again would not be known."""
    connection = op.get_bind()
    metadata = sa.MetaData()
    submissions = sa.Table("submissions", metadata, autoload_with=connection)
    hand_ins = sa.Table("hand_ins", metadata, autoload_with=connection)
    results = sa.Table("results", metadata, autoload_with=connection)
    for old in connection.scalars(sa.select(submissions.c.digest)).all():
        content: Any = connection.scalar(
            sa.select(submissions.c.content).where(submissions.c.digest == old)
        )
        new = _digest(json.loads(zlib.decompress(content)))
        connection.execute(submissions.insert().values(digest=new, content=content))
        for table in (hand_ins, results):
            changed = table.update().where(table.c.submission == old).values(submission=new)
            connection.execute(changed)
        connection.execute(submissions.delete().where(submissions.c.digest == old))
    for row in connection.execute(sa.select(hand_ins)).mappings().all():
        students = [unicodedata.normalize("NFC", student) for student in row["students"]]
        told = _utc(row["submitted"])
        known_by = json.dumps([row["assignment"], students, told, row["submission"]])
        fingerprint = hashlib.sha256(known_by.encode()).hexdigest()
        changed = hand_ins.update().where(hand_ins.c.id == row["id"])
        connection.execute(changed.values(students=students, fingerprint=fingerprint))


def _utc(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat()


def _digest(fields: dict[str, Any]) -> str:
    """As `Submission.digest` was when this was written."""
    said = [fields["kind"], fields["refusal"], fields.get("note", "")]
    pieces = [b"submission 2", *(text.encode("utf-8", "replace") for text in said)]
    pieces.append(base64.b64decode(fields["source"]))
    for name, data in sorted(fields["files"].items()):
        pieces += [name.encode("utf-8", "surrogatepass"), base64.b64decode(data)]
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(len(piece).to_bytes(8, "big") + piece)
    return digest.hexdigest()
