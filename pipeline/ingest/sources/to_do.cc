#include "pipeline/ingest/sources/to_do.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "pipeline/ingest/source.h"

namespace pantau {
namespace {

constexpr std::string_view kHead = "to-do 1 ";
constexpr std::string_view kFactMark = "=";

// Parts of a line stand between tabs, so neither tabs nor line ends may be inside.
void append_part(std::string& line, std::string_view part) {
  for (const char c : part) {
    if (c == '\t') {
      line += "\\t";
    } else if (c == '\n') {
      line += "\\n";
    } else if (c == '\\') {
      line += "\\\\";
    } else {
      line += c;
    }
  }
}

std::optional<std::string> read_part(std::string_view part) {
  std::string text;
  for (std::size_t i = 0; i < part.size(); i++) {
    if (part[i] != '\\') {
      text += part[i];
      continue;
    }
    if (++i == part.size()) return std::nullopt;
    if (part[i] != 't' && part[i] != 'n' && part[i] != '\\') return std::nullopt;
    text += part[i] == 't' ? '\t' : part[i] == 'n' ? '\n' : '\\';
  }
  return text;
}

std::string_view take_until(std::string_view& rest, char end) {
  const std::size_t at = std::min(rest.find(end), rest.size());
  const std::string_view taken = rest.substr(0, at);
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return taken;
}

std::optional<Task> read_line(std::string_view line) {
  Task task;
  bool more = true;
  while (more) {
    more = line.find('\t') != std::string_view::npos;
    const auto part = read_part(take_until(line, '\t'));
    if (!part) return std::nullopt;
    task.push_back(*part);
  }
  return task;
}

}  // namespace

std::string ToDo::text(std::string_view stamp) const {
  std::string text = std::string(kHead);
  text += stamp;
  text += '\n';
  for (const auto& [name, value] : facts) {
    text += kFactMark;
    text += '\t';
    append_part(text, name);
    text += '\t';
    append_part(text, value);
    text += '\n';
  }
  for (const Task& task : tasks) {
    for (std::size_t i = 0; i < task.size(); i++) {
      if (i > 0) text += '\t';
      append_part(text, task[i]);
    }
    text += '\n';
  }
  return text;
}

std::string_view ToDo::fact(std::string_view name) const {
  const auto found = facts.find(name);
  return found == facts.end() ? std::string_view() : std::string_view(found->second);
}

void ToDo::push(std::vector<Task> next) {
  std::ranges::reverse(next);
  std::ranges::move(next, std::back_inserter(tasks));
}

std::optional<ParsedToDo> parse_to_do(std::string_view text, std::string_view stamp) {
  if (!text.starts_with(kHead) || !text.ends_with('\n')) return std::nullopt;
  text.remove_prefix(kHead.size());
  ParsedToDo parsed;
  parsed.is_of_stamp = take_until(text, '\n') == stamp;
  while (!text.empty()) {
    std::optional<Task> line = read_line(take_until(text, '\n'));
    if (!line) return std::nullopt;
    if (line->front() == kFactMark) {
      if (line->size() != 3) return std::nullopt;
      parsed.to_do.facts[(*line)[1]] = (*line)[2];
    } else if (parsed.is_of_stamp) {
      parsed.to_do.tasks.push_back(std::move(*line));
    }
  }
  return parsed;
}

// FNV-1a, 64 bits: nobody gains anything by making two alike.
std::string stamp_of(const std::vector<std::string>& parts) {
  std::uint64_t hash = 0xcbf29ce484222325;
  const auto add = [&hash](char c) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  };
  for (const std::string& part : parts) {
    for (const char c : part) add(c);
    add('\n');
  }
  return fmt::format("{:016x}", hash);
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::string_view word = take_until(text, ' ');
    if (!word.empty()) words.emplace_back(word);
  }
  return words;
}

std::string text_of_words(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

}  // namespace pantau
