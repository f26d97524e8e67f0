// A thin cover over SQLite's C interface: what was opened or prepared frees itself,
// and errors are values that name the file.
//
// Statements use $1, $2 … in the order of their first use and are bound by position,
// so PostgreSQL takes the same text.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "classifiers/base/result.h"

namespace pantau {

// Bytes that are no text: bound as BLOB.
struct Blob {
  std::string_view bytes;
};

// A value to bind, where which ones there are is known only when the program runs.
using SqlValue = std::variant<std::monostate, std::int64_t, std::string>;

class Statement;

// One connection; not thread-safe. It stays where it is, since statements point to it.
class Database {
 public:
  // Opens the file at `path`, which must exist, for reading and writing. A call that
  // meets another process's lock waits up to `busy_timeout`.
  static Result<std::unique_ptr<Database>> open(std::string path,
                                                std::chrono::milliseconds busy_timeout);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  // Runs statements that take and give nothing.
  Status execute(const char* sql);

  // Kept for the connection's life; `sql` is one statement.
  Result<Statement> prepare(const char* sql);

  // The first column of the only row, for pragmas and counts.
  Result<std::int64_t> integer(const char* sql);
  Result<std::string> text(const char* sql);

  // The fault of the call that has just failed. After a fault of the disk itself the
  // connection is done for: what a failed fsync left behind cannot be known, so no
  // transaction is begun any more.
  tl::unexpected<Error> failure();
  const std::optional<Error>& broken() const { return broken_; }
  bool is_busy() const { return (sqlite3_errcode(handle_) & 0xFF) == SQLITE_BUSY; }

  sqlite3* handle() { return handle_; }
  const std::string& path() const { return path_; }

 private:
  Database(std::string path, std::chrono::milliseconds busy_timeout)
      : path_(std::move(path)), busy_timeout_(busy_timeout) {}

  std::string path_;  // as the user wrote it
  std::chrono::milliseconds busy_timeout_;
  sqlite3* handle_ = nullptr;
  std::optional<Error> broken_;
};

// The rows of a running statement, which is reset when this goes out of scope. What
// text() and blob() return is copied.
class Rows {
 public:
  Rows(Database& database, sqlite3_stmt* statement) : database_(database), statement_(statement) {}
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  ~Rows() { sqlite3_reset(statement_); }

  // Goes to the next row; false behind the last one. Columns count from 0.
  Result<bool> next();
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  std::string text(int column) const;
  std::optional<std::string> text_or_null(int column) const;
  bool is_null(int column) const;

 private:
  Database& database_;
  sqlite3_stmt* statement_;
};

// A prepared statement, to be run many times. Values are integers, texts, either of which
// may be missing (NULL), and Blobs; they must live until the run is over.
class Statement {
 public:
  Statement() = default;
  Statement(Database& database, sqlite3_stmt* statement)
      : database_(&database), statement_(statement) {}

  // Runs to the end; the number of rows changed.
  template <class... Values>
  Result<int> run(const Values&... values) {
    TRY_STATUS(bind_all(values...));
    TRY(const auto row, run_to_end());
    static_cast<void>(row);
    return sqlite3_changes(database_->handle());
  }

  // Runs to the end; the first column of the first row, if there is a row.
  template <class... Values>
  Result<std::optional<std::int64_t>> integer(const Values&... values) {
    TRY_STATUS(bind_all(values...));
    return run_to_end();
  }

  // To be read row by row, before the statement is run again.
  Result<std::unique_ptr<Rows>> rows_with(std::span<const SqlValue> values);
  template <class... Values>
  Result<std::unique_ptr<Rows>> rows(const Values&... values) {
    TRY_STATUS(bind_all(values...));
    return std::make_unique<Rows>(*database_, statement_.get());
  }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };

  template <class... Values>
  Status bind_all(const Values&... values) {
    int column = 0;
    int code = SQLITE_OK;
    static_cast<void>((((code = bind(++column, values)) == SQLITE_OK) && ...));
    if (code != SQLITE_OK) return database_->failure();
    return std::monostate{};
  }
  int bind(int column, std::int64_t value);
  int bind(int column, std::string_view text);
  int bind(int column, const std::string& text) { return bind(column, std::string_view(text)); }
  int bind(int column, const std::optional<std::string>& text);
  int bind(int column, const std::optional<std::int64_t>& value);
  int bind(int column, Blob blob);
  Result<std::optional<std::int64_t>> run_to_end();

  Database* database_ = nullptr;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// A transaction that may write, from its start on (so it cannot fail half-way for
// want of the lock). Undone when it goes out of scope without commit().
class Transaction {
 public:
  static Result<std::unique_ptr<Transaction>> begin(Database& database);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  Status commit();

 private:
  explicit Transaction(Database& database) : database_(database) {}
  Database& database_;
};

}  // namespace pantau
