internal import GRDB

extension ArchiveStore {
  /// The tables of users, their sessions, tables, groups and shares, and of notices to everybody.
  static func addUsers(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE users (
          name TEXT PRIMARY KEY, display_name TEXT NOT NULL, password TEXT NOT NULL, quota INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE user_programs (
          user TEXT NOT NULL REFERENCES users ON DELETE CASCADE, program INTEGER NOT NULL, PRIMARY KEY (user, program)
        ) WITHOUT ROWID;
        CREATE TABLE user_sessions (
          digest TEXT NOT NULL UNIQUE, user TEXT NOT NULL REFERENCES users ON DELETE CASCADE, began REAL NOT NULL,
          expiry REAL NOT NULL, token_programs TEXT
        );
        CREATE INDEX user_sessions_user ON user_sessions (user, began);
        CREATE TABLE user_tables (
          id INTEGER PRIMARY KEY, owner TEXT NOT NULL REFERENCES users ON DELETE CASCADE,
          name TEXT NOT NULL COLLATE NOCASE, description TEXT NOT NULL, row_count INTEGER NOT NULL,
          byte_count INTEGER NOT NULL, UNIQUE (owner, name)
        );
        CREATE TABLE user_columns (
          table_id INTEGER NOT NULL REFERENCES user_tables ON DELETE CASCADE, position INTEGER NOT NULL,
          name TEXT NOT NULL, datatype TEXT NOT NULL, arraysize TEXT, xtype TEXT, unit TEXT, ucd TEXT, utype TEXT,
          description TEXT, flag INTEGER NOT NULL, is_indexed INTEGER NOT NULL, PRIMARY KEY (table_id, position)
        ) WITHOUT ROWID;
        CREATE TABLE user_groups (
          id INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL REFERENCES users ON DELETE CASCADE,
          title TEXT NOT NULL, description TEXT NOT NULL, UNIQUE (owner, title)
        );
        CREATE TABLE user_group_members (
          group_id INTEGER NOT NULL REFERENCES user_groups ON DELETE CASCADE,
          user TEXT NOT NULL REFERENCES users ON DELETE CASCADE, PRIMARY KEY (group_id, user)
        ) WITHOUT ROWID;
        CREATE INDEX user_group_members_user ON user_group_members (user);
        CREATE TABLE user_shares (
          id INTEGER PRIMARY KEY AUTOINCREMENT, table_id INTEGER NOT NULL REFERENCES user_tables ON DELETE CASCADE,
          group_id INTEGER NOT NULL REFERENCES user_groups ON DELETE CASCADE, description TEXT NOT NULL,
          UNIQUE (table_id, group_id)
        );
        CREATE INDEX user_shares_group ON user_shares (group_id);
        CREATE TABLE notices (
          id INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, subtype TEXT NOT NULL, text TEXT NOT NULL
        );
        """)
  }

  /// Sessions name the token that was given instead of what it opened then.
  static func addSessionTokens(_ db: Database) throws {
    try db.execute(
      sql: """
        ALTER TABLE user_sessions DROP COLUMN token_programs;
        ALTER TABLE user_sessions ADD COLUMN token_digest TEXT;
        """)
  }
}
