#include "pipeline/review/sqlite.h"

#include <fmt/format.h>

#include <cstring>

#include "classifiers/base/check.h"

namespace pantau {
namespace {

// A null pointer would be bound as NULL, and an empty text is no NULL.
const char* never_null(std::string_view text) {
  return text.data() == nullptr ? "" : text.data();
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(std::string path,
                                                 std::chrono::milliseconds busy_timeout) {
  // SQLite gives some names a meaning of their own, ":memory:" for one; none of them
  // begins with "./".
  const std::string file = path.starts_with('/') ? path : "./" + path;
  std::unique_ptr<Database> database(new Database(std::move(path), busy_timeout));
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (sqlite3_open_v2(file.c_str(), &database->handle_, flags, nullptr) != SQLITE_OK) {
    return database->failure();
  }
  sqlite3_busy_timeout(database->handle_, static_cast<int>(busy_timeout.count()));
  return database;
}

Database::~Database() {
  // Statements are members of whoever owns this, after it, and so gone already.
  CHECK(sqlite3_close(handle_) == SQLITE_OK, "every statement was finalized before");
}

Status Database::execute(const char* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return failure();
  return std::monostate{};
}

Result<Statement> Database::prepare(const char* sql) {
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, nullptr) !=
      SQLITE_OK) {
    return failure();
  }
  Statement statement(*this, prepared);
  for (int i = 1; i <= sqlite3_bind_parameter_count(prepared); i++) {
    // To SQLite "$2" is a name and not a number.
    const char* const name = sqlite3_bind_parameter_name(prepared, i);
    CHECK(name != nullptr && name == fmt::format("${}", i), "parameters first stand in order");
  }
  return statement;
}

Result<std::int64_t> Database::integer(const char* sql) {
  TRY(Statement statement, prepare(sql));
  TRY(const auto rows, statement.rows());
  TRY(const bool found, rows->next());
  return found ? rows->integer(0) : 0;
}

Result<std::string> Database::text(const char* sql) {
  TRY(Statement statement, prepare(sql));
  TRY(const auto rows, statement.rows());
  TRY(const bool found, rows->next());
  return found ? rows->text(0) : std::string();
}

tl::unexpected<Error> Database::failure() {
  const int code = sqlite3_errcode(handle_) & 0xFF;  // the extended code's primary part
  std::string message = fmt::format("{}: {}", path_, sqlite3_errmsg(handle_));
  if (code == SQLITE_BUSY) {
    message += fmt::format(" (by another process, for more than {} s)",
                           static_cast<double>(busy_timeout_.count()) / 1000);
  }
  const int cause = sqlite3_system_errno(handle_);
  if ((code == SQLITE_CANTOPEN || code == SQLITE_IOERR) && cause != 0) {
    message += fmt::format(" ({})", std::strerror(cause));
  }
  if (code == SQLITE_IOERR) broken_ = Error{Fault::Storage, message};
  return fail(Fault::Storage, std::move(message));
}

Result<bool> Rows::next() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return database_.failure();
}

std::string Rows::text(int column) const {
  // The pointer first: it may convert the value, and with it the size.
  const void* const bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

std::optional<std::string> Rows::text_or_null(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
  return text(column);
}

bool Rows::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

int Statement::bind(int column, std::int64_t value) {
  return sqlite3_bind_int64(statement_.get(), column, value);
}

int Statement::bind(int column, std::string_view text) {
  return sqlite3_bind_text64(statement_.get(), column, never_null(text), text.size(), SQLITE_STATIC,
                             SQLITE_UTF8);
}

int Statement::bind(int column, const std::optional<std::string>& text) {
  if (!text) return sqlite3_bind_null(statement_.get(), column);
  return bind(column, std::string_view(*text));
}

int Statement::bind(int column, const std::optional<std::int64_t>& value) {
  if (!value) return sqlite3_bind_null(statement_.get(), column);
  return bind(column, *value);
}

int Statement::bind(int column, Blob blob) {
  return sqlite3_bind_blob64(statement_.get(), column, never_null(blob.bytes), blob.bytes.size(),
                             SQLITE_STATIC);
}

Result<std::unique_ptr<Rows>> Statement::rows_with(std::span<const SqlValue> values) {
  int column = 0;
  for (const SqlValue& value : values) {
    column++;
    int code = SQLITE_OK;
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      code = bind(column, *number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      code = bind(column, std::string_view(*text));
    } else {
      code = sqlite3_bind_null(statement_.get(), column);
    }
    if (code != SQLITE_OK) return database_->failure();
  }
  return std::make_unique<Rows>(*database_, statement_.get());
}

Result<std::optional<std::int64_t>> Statement::run_to_end() {
  Rows rows(*database_, statement_.get());
  std::optional<std::int64_t> first;
  while (true) {
    TRY(const bool found, rows.next());
    if (!found) return first;
    if (!first) first = rows.integer(0);
  }
}

Result<std::unique_ptr<Transaction>> Transaction::begin(Database& database) {
  if (database.broken()) return tl::unexpected<Error>(*database.broken());
  TRY_STATUS(database.execute("BEGIN IMMEDIATE"));
  return std::unique_ptr<Transaction>(new Transaction(database));
}

Transaction::~Transaction() {
  // SQLite may have undone it already, after a full disk for one. There is nothing
  // to do about a rollback that fails: the file's journal undoes it at the next start.
  if (sqlite3_get_autocommit(database_.handle()) == 0) {
    sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

Status Transaction::commit() {
  return database_.execute("COMMIT");
}

}  // namespace pantau
