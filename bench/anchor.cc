#include "bench/anchor.h"

#include <simdjson.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace pantau::bench {
namespace {

using simdjson::ondemand::object;
using simdjson::ondemand::value;

// An id may be an integer; then its digits are read as they stand.
std::string_view text_of(value field) {
  std::string_view text;
  if (field.get_string().get(text) == simdjson::SUCCESS) return text;
  text = field.raw_json_token();
  while (!text.empty() && (text.back() == ' ' || text.back() == ',')) text.remove_suffix(1);
  return text == "null" ? std::string_view() : text;
}

std::string_view id_of(object account) {
  for (auto field : account) {
    if (field.key() == "id") return text_of(field.value());
  }
  return {};
}

// Once through the object's fields in their order: asking for each by its name costs another
// walk for each one that a record does not have.
void read_object(object record, FieldsSum& sum) {
  sum.records++;
  for (auto field : record) {
    const simdjson::ondemand::raw_json_string key = field.key();
    if (key == "platform" || key == "kind" || key == "text") {
      sum.add(text_of(field.value()));
    } else if (key == "actor" || key == "target") {
      sum.add(id_of(field.value()));
    }
  }
}

FieldsSum read_piece(simdjson::ondemand::parser& parser, std::string_view piece) {
  FieldsSum sum;
  simdjson::ondemand::document_stream records = parser.iterate_many(
      reinterpret_cast<const std::uint8_t*>(piece.data()), piece.size(), piece.size());
  for (auto record : records) read_object(record.get_object(), sum);
  return sum;
}

}  // namespace

void FieldsSum::add(const Record& record) {
  records++;
  add(record.platform);
  add(name_of(record.kind));
  add(record.actor.id);
  add(record.target.id);
  add(record.text);
}

std::vector<std::string_view> cut_at_lines(std::string_view lines, std::size_t piece_bytes) {
  std::vector<std::string_view> pieces;
  while (!lines.empty()) {
    const std::size_t line_end =
        lines.size() <= piece_bytes ? std::string_view::npos : lines.rfind('\n', piece_bytes - 1);
    const std::size_t bytes = line_end == std::string_view::npos ? lines.size() : line_end + 1;
    pieces.push_back(lines.substr(0, bytes));
    lines.remove_prefix(bytes);
  }
  return pieces;
}

FieldsSum read_five_fields(std::span<const std::string_view> pieces, unsigned threads) {
  std::atomic<std::size_t> next = 0;
  std::vector<FieldsSum> sums(threads);
  const auto work = [&](FieldsSum& result) {
    simdjson::ondemand::parser parser;
#ifdef SIMDJSON_THREADS_ENABLED
    parser.threaded = false;  // else each would start a thread of its own
#endif
    FieldsSum sum;
    for (std::size_t i = next++; i < pieces.size(); i = next++)
      sum += read_piece(parser, pieces[i]);
    result = sum;
  };
  std::vector<std::jthread> others;
  for (unsigned i = 1; i < threads; i++) others.emplace_back(work, std::ref(sums[i]));
  work(sums[0]);
  others.clear();
  FieldsSum sum;
  for (const FieldsSum& each : sums) sum += each;
  return sum;
}

}  // namespace pantau::bench
