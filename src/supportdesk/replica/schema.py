"""The two databases, step by step. A step is never changed once released; later ones are appended.

Times are whole microseconds since 1970 in UTC. `seal` is a SHA-256 over what the row promises to keep,
because SQLite's own check does not look into payloads.
"""

import sqlite3

from supportdesk.domain.text import sort_key

REPLICA_STEPS = (
    """
    CREATE TABLE account (
        num INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        person_id TEXT NOT NULL DEFAULT '',
        organisation_id TEXT NOT NULL DEFAULT '',
        capabilities BLOB,
        catalogue BLOB,
        cursor TEXT,
        link TEXT NOT NULL DEFAULT 'starting',
        last_success_at INTEGER,
        error_code TEXT NOT NULL DEFAULT '',
        error TEXT NOT NULL DEFAULT ''
    );

    -- Short numbers for the services' names, so that the indexes below stay narrow.
    CREATE TABLE word (num INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

    -- Everything but `fact` is derived: from the fact, the account and what waits in the outbox.
    CREATE TABLE ticket (
        row INTEGER PRIMARY KEY,
        account INTEGER NOT NULL,
        id TEXT NOT NULL,
        number TEXT NOT NULL,
        number_key INTEGER NOT NULL,
        subject TEXT NOT NULL,
        subject_key TEXT NOT NULL,
        stage INTEGER NOT NULL,
        open INTEGER NOT NULL,
        whose INTEGER NOT NULL,
        unread INTEGER NOT NULL,
        pending INTEGER NOT NULL,
        requester_name TEXT NOT NULL,
        organisation_name TEXT NOT NULL,
        assignee_name TEXT NOT NULL,
        service INTEGER NOT NULL,
        service_id TEXT NOT NULL,
        priority_id TEXT NOT NULL,
        priority_rank INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        reopen_until INTEGER,
        has_attachments INTEGER NOT NULL,
        fact BLOB NOT NULL,
        seal BLOB NOT NULL,
        UNIQUE (account, id)
    );
    -- Each order of the list has an index that also answers every filter.
    CREATE INDEX ticket_open_updated ON ticket (account, open, updated_at, whose, stage, service);
    CREATE INDEX ticket_updated ON ticket (account, updated_at, open, whose, stage, service);
    CREATE INDEX ticket_created ON ticket (account, created_at, open, whose, stage, service);
    CREATE INDEX ticket_number ON ticket (account, number_key, open, whose, stage, service);
    CREATE INDEX ticket_subject ON ticket (account, subject_key, open, whose, stage, service);
    CREATE INDEX ticket_stage ON ticket (account, stage, updated_at, open, whose, service);
    CREATE INDEX ticket_priority ON ticket (account, priority_rank, updated_at, open, whose, stage, service);
    CREATE INDEX ticket_unread ON ticket (account, whose) WHERE unread = 1;
    CREATE INDEX ticket_pending ON ticket (account) WHERE pending = 1;
    CREATE INDEX ticket_reopen ON ticket (account, reopen_until, whose) WHERE reopen_until IS NOT NULL;
    CREATE INDEX ticket_by_number ON ticket (number);
    CREATE VIRTUAL TABLE ticket_fts USING fts5 (
        subject, number, people, body, detail = column, prefix = '2 3',
        tokenize = 'unicode61 remove_diacritics 2'
    );

    -- Messages, events, attachments and time records.
    CREATE TABLE part (
        row INTEGER PRIMARY KEY,
        account INTEGER NOT NULL,
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        ticket_id TEXT NOT NULL,
        at INTEGER NOT NULL,
        fact BLOB NOT NULL,
        seal BLOB NOT NULL,
        UNIQUE (account, kind, id)
    );
    CREATE INDEX part_ticket ON part (account, ticket_id, at);

    CREATE TABLE publication (
        row INTEGER PRIMARY KEY,
        account INTEGER NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        published_at INTEGER NOT NULL,
        valid_until INTEGER,
        must_confirm INTEGER NOT NULL,
        confirmed INTEGER NOT NULL,
        read INTEGER NOT NULL,
        fact BLOB NOT NULL,
        seal BLOB NOT NULL,
        UNIQUE (account, id)
    );
    CREATE INDEX publication_newest ON publication (account, kind, published_at);
    CREATE VIRTUAL TABLE publication_fts USING fts5 (
        title, labels, body, detail = column, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
    );

    -- Persons, organisations and license keys.
    CREATE TABLE thing (
        row INTEGER PRIMARY KEY,
        account INTEGER NOT NULL,
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        fact BLOB NOT NULL,
        seal BLOB NOT NULL,
        UNIQUE (account, kind, id)
    );
    """,
    """
    ALTER TABLE publication ADD COLUMN title_key TEXT NOT NULL DEFAULT '';
    ALTER TABLE publication ADD COLUMN category TEXT NOT NULL DEFAULT '';
    ALTER TABLE publication ADD COLUMN helpful INTEGER NOT NULL DEFAULT 0;
    UPDATE publication SET
        title_key = sort_key(title),
        category = coalesce(json_extract(CAST(fact AS TEXT), '$.category'), ''),
        helpful = coalesce(json_extract(CAST(fact AS TEXT), '$.helpful_percent'), 0)
        WHERE json_valid(CAST(fact AS TEXT));
    -- These columns lie behind the text: each order of the list has an index that also answers every filter.
    DROP INDEX publication_newest;
    CREATE INDEX publication_newest ON publication (account, kind, published_at, valid_until, category);
    CREATE INDEX publication_helpful ON publication
        (account, kind, helpful, published_at, valid_until, category);
    CREATE INDEX publication_title ON publication (account, kind, title_key, valid_until, category);

    CREATE TABLE publication_label (label TEXT, row INTEGER, PRIMARY KEY (label, row)) WITHOUT ROWID;
    CREATE INDEX publication_label_row ON publication_label (row);
    CREATE TRIGGER publication_gone AFTER DELETE ON publication BEGIN
        DELETE FROM publication_label WHERE row = old.row;
    END;
    INSERT OR IGNORE INTO publication_label
        SELECT each.value, row FROM publication, json_each(CAST(fact AS TEXT), '$.labels') each
        WHERE json_valid(CAST(fact AS TEXT));
    -- The words that occur, for suggestions.
    CREATE VIRTUAL TABLE publication_word USING fts5vocab (publication_fts, row);
    """,
    """
    ALTER TABLE part RENAME COLUMN ticket_id TO conversation_id;
    DROP INDEX part_ticket;
    CREATE INDEX part_conversation ON part (account, conversation_id, at);

    -- Documents, orders and subscriptions. As with tickets, all but `fact` is derived.
    CREATE TABLE item (
        row INTEGER PRIMARY KEY,
        account INTEGER NOT NULL,
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        number TEXT NOT NULL,
        title TEXT NOT NULL,
        title_key TEXT NOT NULL,
        state TEXT NOT NULL,
        open INTEGER NOT NULL,
        unread INTEGER NOT NULL,
        pending INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        due_at INTEGER,
        parent_id TEXT,
        fact BLOB NOT NULL,
        seal BLOB NOT NULL,
        UNIQUE (account, kind, id)
    );
    -- Each order of the lists has an index that also answers every filter.
    CREATE INDEX item_updated ON item (account, kind, updated_at, open, state);
    CREATE INDEX item_created ON item (account, kind, created_at, open, state);
    CREATE INDEX item_title ON item (account, kind, title_key, open, state);
    CREATE INDEX item_due ON item (account, kind, due_at, open, state);
    CREATE INDEX item_state ON item (account, kind, state, due_at);
    CREATE INDEX item_unread ON item (account, kind) WHERE unread = 1;
    CREATE INDEX item_pending ON item (account) WHERE pending = 1;
    CREATE INDEX item_id ON item (account, id);
    CREATE INDEX item_parent ON item (account, parent_id) WHERE parent_id IS NOT NULL;
    CREATE VIRTUAL TABLE item_fts USING fts5 (
        title, number, words, body, detail = column, prefix = '2 3',
        tokenize = 'unicode61 remove_diacritics 2'
    );
    """,
)

OUTBOX_STEPS = (
    """
    CREATE TABLE saved_account (id TEXT PRIMARY KEY, body BLOB NOT NULL, seal BLOB NOT NULL);

    CREATE TABLE draft (
        id TEXT PRIMARY KEY,
        account_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        body BLOB NOT NULL,
        updated_at INTEGER NOT NULL,
        seal BLOB NOT NULL
    );

    -- `payload` is frozen: it is what is hashed, sent and echoed. `draft` is what withdrawing gives back.
    CREATE TABLE command (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        account_id TEXT NOT NULL,
        subject_id TEXT NOT NULL,
        do TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        payload BLOB NOT NULL,
        payload_sha256 TEXT NOT NULL,
        draft BLOB,
        basis INTEGER,
        seal BLOB NOT NULL,
        state TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        next_try_at INTEGER,
        error_code TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '',
        number TEXT NOT NULL DEFAULT '',
        settled INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX command_unsettled ON command (account_id, subject_id) WHERE settled = 0;

    CREATE TABLE delivery_log (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        command_id TEXT NOT NULL,
        at INTEGER NOT NULL,
        step TEXT NOT NULL,
        detail TEXT NOT NULL,
        seal BLOB NOT NULL
    );
    CREATE INDEX delivery_log_command ON delivery_log (command_id);

    CREATE TABLE upload (
        command_id TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        sent_bytes INTEGER NOT NULL,
        PRIMARY KEY (command_id, sha256)
    ) WITHOUT ROWID;
    """,
)


def version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, steps: tuple[str, ...]) -> None:
    """Brings the main database of `connection` to the newest version, each step in its own transaction."""
    connection.create_function("sort_key", 1, sort_key, deterministic=True)
    for number, script in enumerate(steps, start=1):
        if number > version(connection):
            connection.executescript(f"BEGIN; {script}; PRAGMA user_version = {number}; COMMIT;")
