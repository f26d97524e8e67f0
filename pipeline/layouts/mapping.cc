#include "pipeline/layouts/mapping.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "classifiers/base/toml_reader.h"
#include "pipeline/layouts/csv_table.h"
#include "pipeline/layouts/item_layout.h"
#include "pipeline/layouts/mapped_time.h"

namespace pantau {
namespace {

enum class Field : std::uint8_t {
  Platform,
  Kind,
  Id,
  ActorId,
  ActorHandle,
  ActorName,
  TargetId,
  TargetHandle,
  TargetName,
  ObjectId,
  Text,
  CreatedAt,
  ObservedAt,
  Url,
};
constexpr std::size_t kFields = 14;
constexpr std::array<std::string_view, kFields> kFieldNames = {
    "platform",     "kind",       "id",        "actor.id",
    "actor.handle", "actor.name", "target.id", "target.handle",
    "target.name",  "object_id",  "text",      "created_at",
    "observed_at",  "url"};

std::size_t index_of(Field field) {
  return static_cast<std::size_t>(field);
}

struct Mapping {
  std::string name;  // with a hash of the file's text
  bool is_csv = true;
  std::vector<std::string> items;
  std::array<std::string, kFields> constants;
  std::array<std::string, kFields> sources;
  MappedTime time;
};

// What a row has, field by field.
using Values = std::array<std::string_view, kFields>;

bool is_id(Field field) {
  return field == Field::Id || field == Field::ActorId || field == Field::TargetId ||
         field == Field::ObjectId;
}

// For one row, whose values are at hand.
class RowMapper {
 public:
  RowMapper(const Mapping& mapping, const Values& values) : mapping_(mapping), values_(values) {}

  Misfit map(Record& record, Arena& arena) const {
    record.platform = value(Field::Platform);
    if (record.platform.empty()) return lacks(Field::Platform, "missing:platform");
    if (!is_platform_name(record.platform)) return {"platform", where(Field::Platform), "no name"};
    const std::optional<Kind> kind = kind_named(value(Field::Kind));
    if (!kind) return {"kind", where(Field::Kind), "no kind of act"};
    record.kind = *kind;
    for (const Field field : {Field::Id, Field::ActorId, Field::TargetId, Field::ObjectId}) {
      if (is_damaged_id(value(field))) return {"id_damaged", where(field), "rounded"};
    }
    record.id = value(Field::Id);
    const bool needs_id = *kind == Kind::Post || *kind == Kind::Comment;
    if (needs_id && record.id.empty()) return lacks(Field::Id, "missing:id");
    record.actor = {value(Field::ActorId), value(Field::ActorHandle), value(Field::ActorName)};
    if (!record.actor.known()) return lacks(Field::ActorHandle, "missing:actor");
    record.target = {value(Field::TargetId), value(Field::TargetHandle), value(Field::TargetName)};
    const bool needs_target = *kind == Kind::Like || *kind == Kind::Follow;
    if (needs_target && !record.target.known()) return lacks(Field::TargetHandle, "missing:target");
    record.object_id = value(Field::ObjectId);
    record.text = values_[index_of(Field::Text)];
    record.url = value(Field::Url);
    return read_times(record, arena);
  }

 private:
  std::string_view value(Field field) const { return trimmed(values_[index_of(field)]); }
  std::string_view where(Field field) const {
    const std::string& source = mapping_.sources[index_of(field)];
    return source.empty() ? kFieldNames[index_of(field)] : std::string_view(source);
  }
  Misfit lacks(Field field, std::string_view reason) const {
    return {reason, where(field), "missing or empty"};
  }

  Misfit read_times(Record& record, Arena& arena) const {
    const std::string_view observed = value(Field::ObservedAt);
    const std::string_view created = value(Field::CreatedAt);
    if (observed.empty() && created.empty()) return lacks(Field::CreatedAt, "missing:created_at");
    if (!observed.empty()) {
      record.observed_at = mapping_.time.to_rfc3339(observed, arena);
      if (!set_time(record, record.observed_at))
        return {"time", where(Field::ObservedAt), "no time"};
      record.created_at = {};
    }
    if (created.empty()) {
      const bool needs_time = record.kind != Kind::Like && record.kind != Kind::Follow;
      return needs_time ? lacks(Field::CreatedAt, "missing:created_at") : Misfit();
    }
    if (set_time(record, mapping_.time.to_rfc3339(created, arena))) return {};
    return {"time", where(Field::CreatedAt), "no time"};
  }

  const Mapping& mapping_;
  const Values& values_;
};

Values constants_of(const Mapping& mapping) {
  Values values;
  for (std::size_t i = 0; i < kFields; i++) values[i] = mapping.constants[i];
  return values;
}

class MappedCsvReader final : public LineReader {
 public:
  MappedCsvReader(const Mapping& mapping, CsvTable table)
      : mapping_(mapping), table_(std::move(table)) {
    for (std::size_t i = 0; i < kFields; i++) columns_[i] = table_.column(mapping.sources[i]);
  }

  Reading read(std::string_view line, Record& record, Arena& arena) override {
    if (const auto other = table_.read(line, arena)) return *other;
    Values values = constants_of(mapping_);
    for (std::size_t i = 0; i < kFields; i++) {
      if (!mapping_.sources[i].empty()) values[i] = table_.whole_cell(columns_[i]);
    }
    const Misfit misfit = RowMapper(mapping_, values).map(record, arena);
    return misfit.fits() ? Reading::act()
                         : Reading::unmapped(misfit.reason, misfit.where, misfit.found);
  }

 private:
  const Mapping& mapping_;
  CsvTable table_;
  std::array<std::size_t, kFields> columns_{};
};

// "/node/owner/id", or "id" for "/id". Members alone: which element of an array is meant, a pointer
// could say, but exports do not keep them in order.
JsonNode at_pointer(JsonNode node, std::string_view pointer) {
  if (pointer.starts_with('/')) pointer.remove_prefix(1);
  while (!pointer.empty()) {
    const std::size_t slash = std::min(pointer.find('/'), pointer.size());
    node = node[pointer.substr(0, slash)];
    pointer.remove_prefix(std::min(slash + 1, pointer.size()));
  }
  return node;
}

class MappedItems final : public ItemLayout {
 public:
  explicit MappedItems(const Mapping& mapping) : mapping_(mapping) {
    for (const std::string& path : mapping.items) paths_.emplace_back(path);
  }

  std::string_view name() const override { return mapping_.name; }
  DocumentArrays arrays() const override { return paths_; }

 protected:
  bool knows(JsonNode) const override { return false; }

  void read_item(JsonNode item, JsonNode, Acts& acts, Arena& arena) const override {
    Values values = constants_of(mapping_);
    for (std::size_t i = 0; i < kFields; i++) {
      if (mapping_.sources[i].empty()) continue;
      const JsonNode node = at_pointer(item, mapping_.sources[i]);
      const bool is_id_field = is_id(static_cast<Field>(i));
      // A damaged one is kept to be told; true and false are no text.
      values[i] = is_id_field && !is_damaged_id(node.text()) ? id_text(node) : node.text();
    }
    Record record;
    const Misfit misfit = RowMapper(mapping_, values).map(record, arena);
    acts.add(misfit, record);
  }

 private:
  const Mapping& mapping_;
  std::vector<std::string_view> paths_;
};

class MappedLayout final : public Layout {
 public:
  explicit MappedLayout(Mapping mapping) : mapping_(std::move(mapping)), items_(mapping_) {}
  MappedLayout(const MappedLayout&) = delete;
  MappedLayout& operator=(const MappedLayout&) = delete;

  std::string_view name() const override { return mapping_.name; }
  Framing framing() const override { return mapping_.is_csv ? Framing::Csv : Framing::Lines; }
  Framing framing_of(std::string_view head) const override {
    return mapping_.is_csv ? Framing::Csv : items_.framing_of(head);
  }
  DocumentArrays arrays() const override { return items_.arrays(); }
  bool recognises(std::string_view) const override { return false; }  // it is named

  Result<std::unique_ptr<LineReader>> make_reader(std::string_view header) const override {
    if (!mapping_.is_csv) return items_.make_reader(header);
    CsvTable table(header);
    for (const std::string& column : mapping_.sources) {
      if (!column.empty() && !table.has(column)) {
        return fail(Fault::Config,
                    fmt::format("{}: the header row has no column '{}'", mapping_.name, column));
      }
    }
    return std::make_unique<MappedCsvReader>(mapping_, std::move(table));
  }

 private:
  Mapping mapping_;
  MappedItems items_;
};

void read_sources(const toml::table& table, std::string_view what, Mistakes& mistakes,
                  std::array<std::string, kFields>& texts) {
  TomlReader reader(table, what, mistakes);
  for (std::size_t i = 0; i < kFields; i++) {
    if (const auto text = reader.text(kFieldNames[i])) texts[i] = text->text;
  }
  reader.finish();
}

void read_head(const toml::table& table, Mistakes& mistakes, Mapping& mapping) {
  TomlReader reader(table, "mapping", mistakes);
  mapping.name = reader.required_text("name");
  const std::string rows = reader.required_text("rows");
  mapping.is_csv = rows == "csv";
  if (!rows.empty() && rows != "csv" && rows != "json") {
    reader.mistake(reader.place("rows"), "rows are 'csv' or 'json'");
  }
  for (const PlacedText& path : reader.texts("items", true)) {
    if (!path.text.ends_with("[]")) {
      reader.mistake(path.place, "the path of an array ends in '[]', as in 'data.posts[]'");
    }
    mapping.items.push_back(path.text);
  }
  reader.finish();
}

void check(const Mapping& mapping, TomlReader& file) {
  const auto has = [&](Field field) {
    return !mapping.constants[index_of(field)].empty() || !mapping.sources[index_of(field)].empty();
  };
  for (const Field field : {Field::Platform, Field::Kind}) {
    if (!has(field)) {
      file.mistake({}, fmt::format("neither [constants] nor [fields] has '{}'",
                                   kFieldNames[index_of(field)]));
    }
  }
  if (!has(Field::ActorId) && !has(Field::ActorHandle)) {
    file.mistake({}, "[fields] has neither 'actor.id' nor 'actor.handle'");
  }
  if (!has(Field::CreatedAt) && !has(Field::ObservedAt)) {
    file.mistake({}, "[fields] has neither 'created_at' nor 'observed_at'");
  }
  const std::string& kind = mapping.constants[index_of(Field::Kind)];
  if (!kind.empty() && !kind_named(kind)) {
    file.mistake({},
                 fmt::format("'{}' is no kind of act: post, comment, share, like or follow", kind));
  }
}

}  // namespace

std::unique_ptr<const Layout> read_mapping(std::string_view text, Mistakes& mistakes) {
  const std::optional<toml::table> root = parse_toml(text, mistakes);
  if (!root) return nullptr;
  Mapping mapping;
  TomlReader file(*root, "file", mistakes);
  if (const toml::table* const head = file.table("mapping")) {
    read_head(*head, mistakes, mapping);
  } else if (!file.has("mapping")) {
    mistakes.add({}, "[mapping] is missing");
  }
  if (const toml::table* const constants = file.table("constants")) {
    read_sources(*constants, "constants", mistakes, mapping.constants);
  }
  if (const toml::table* const fields = file.table("fields")) {
    read_sources(*fields, "fields", mistakes, mapping.sources);
  }
  if (const toml::table* const time = file.table("time")) {
    mapping.time = MappedTime::read(*time, mistakes);
  }
  check(mapping, file);
  file.finish();
  if (!mistakes.empty()) return nullptr;
  mapping.name += fmt::format("@{:08x}", XXH3_64bits(text.data(), text.size()) & 0xFFFFFFFF);
  return std::make_unique<MappedLayout>(std::move(mapping));
}

}  // namespace pantau
