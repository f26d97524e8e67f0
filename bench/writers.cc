// Lines as several programs write them: Pantau's own exporters, and three strangers.
#include <algorithm>
#include <vector>

#include "bench/records.h"

namespace pantau::bench {
namespace {

struct Style {
  bool blanks = false;          // after ':' and ','
  bool escapes_slash = false;   // "\/"
  bool only_ascii = false;      // "\u00e9"
  bool ids_as_numbers = false;  // those that can be
  bool writes_null = false;     // what is not given is null
  bool marks_handles = false;   // "@handle"
  bool names_targets = true;
};

void append_unit(std::uint32_t unit, std::string& line) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  line += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) line += kDigits[unit >> shift & 15];
}

// The UTF-8 character at `at`, as one or two \u escapes.
void append_escaped(std::string_view text, std::size_t& at, std::string& line) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const std::uint32_t lead = byte(at);
  const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  std::uint32_t character = lead & (0x3FU >> more);
  for (std::size_t i = 1; i <= more; i++) character = character << 6 | (byte(at + i) & 0x3F);
  at += more;
  if (character < 0x10000) return append_unit(character, line);
  character -= 0x10000;
  append_unit(0xD800 + (character >> 10), line);
  append_unit(0xDC00 + (character & 0x3FF), line);
}

void append_string(std::string_view text, const Style& style, std::string& line) {
  line += '"';
  for (std::size_t i = 0; i < text.size(); i++) {
    const char c = text[i];
    if (c == '"' || c == '\\' || (c == '/' && style.escapes_slash)) {
      line.append(1, '\\').append(1, c);
    } else if (c == '\n') {
      line += "\\n";
    } else if (static_cast<unsigned char>(c) >= 0x80 && style.only_ascii) {
      append_escaped(text, i, line);
    } else {
      line += c;
    }
  }
  line += '"';
}

class ObjectWriter {
 public:
  ObjectWriter(const Style& style, std::string& line) : style_(style), line_(line) { line_ += '{'; }

  const Style& style() const { return style_; }
  void close() { line_ += '}'; }

  void key(std::string_view name) {
    if (line_.back() != '{') line_ += style_.blanks ? ", " : ",";
    line_.append(1, '"').append(name).append(style_.blanks ? "\": " : "\":");
  }

  void string(std::string_view name, std::string_view text) {
    if (text.empty()) return null(name);
    key(name);
    append_string(text, style_, line_);
  }

  void id(std::string_view name, std::string_view text) {
    const bool is_number =
        !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (!style_.ids_as_numbers || !is_number) return string(name, text);
    key(name);
    line_ += text;
  }

  void account(std::string_view name, const MadeAccount& account, bool with_name) {
    key(name);
    ObjectWriter object(style_, line_);
    object.id("id", account.id);
    object.string("handle", style_.marks_handles ? '@' + account.handle : account.handle);
    if (with_name) object.string("name", account.name);
    object.close();
  }

 private:
  void null(std::string_view name) {
    if (!style_.writes_null) return;
    key(name);
    line_ += "null";
  }

  const Style& style_;
  std::string& line_;
};

enum class Field { Platform, Kind, Id, Actor, Target, Object, Text, Created, Observed, Url };

constexpr std::array<std::array<Field, 10>, kForeignWriters> kOrders = {{
    {Field::Observed, Field::Created, Field::Kind, Field::Id, Field::Text, Field::Actor,
     Field::Platform, Field::Url, Field::Object, Field::Target},
    {Field::Id, Field::Url, Field::Target, Field::Actor, Field::Object, Field::Created, Field::Text,
     Field::Kind, Field::Platform, Field::Observed},
    {Field::Actor, Field::Created, Field::Id, Field::Kind, Field::Object, Field::Observed,
     Field::Platform, Field::Target, Field::Text, Field::Url},
}};
constexpr std::array<Style, kForeignWriters> kStyles = {{
    {.blanks = true, .only_ascii = true, .writes_null = true},
    {.escapes_slash = true, .only_ascii = true, .ids_as_numbers = true},
    {.marks_handles = true},
}};

void append_field(const MadeAct& act, Field field, ObjectWriter& object) {
  switch (field) {
    case Field::Platform:
      return object.string("platform", kPlatforms[act.actor.platform]);
    case Field::Kind:
      return object.string("kind", act.kind);
    case Field::Id:
      return object.id("id", act.has_id ? std::string_view(act.id) : std::string_view());
    case Field::Actor:
      return object.account("actor", act.actor, true);
    case Field::Target:
      if (act.has_target) object.account("target", act.target, object.style().names_targets);
      return;
    case Field::Object:
      return object.id("object_id",
                       act.has_object ? std::string_view(act.object_id) : std::string_view());
    case Field::Text:
      return object.string("text", act.text);
    case Field::Created:
      return object.string("created_at", act.created_at);
    case Field::Observed:
      return object.string("observed_at", act.observed_at);
    case Field::Url:
      return object.string("url", act.url);
  }
}

}  // namespace

void append_own_line(const MadeAct& act, std::string& lines) {
  constexpr std::array kOrder = {Field::Platform, Field::Kind,   Field::Id,   Field::Actor,
                                 Field::Target,   Field::Object, Field::Text, Field::Created,
                                 Field::Observed, Field::Url};
  constexpr Style kStyle{.names_targets = false};
  ObjectWriter object(kStyle, lines);
  for (const Field field : kOrder) append_field(act, field, object);
  object.string("provenance", "export");
  object.close();
  lines += '\n';
}

void append_foreign_line(const MadeAct& act, std::uint64_t writer, std::string& lines) {
  ObjectWriter object(kStyles[writer], lines);
  for (const Field field : kOrders[writer]) append_field(act, field, object);
  if (writer == 1) {
    object.key("media");
    lines += R"([{"type":"photo","size":[1080,1350],"alt":null}])";
  }
  object.close();
  lines += '\n';
}

}  // namespace pantau::bench
