#include "pipeline/archive/document_scanner.h"

#include <algorithm>
#include <bit>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace pantau {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool ends_scalar(char c) {
  return is_space(c) || c == ',' || c == ']' || c == '}' || c == '[' || c == '{' || c == '"' ||
         c == ':';
}

// The first quote, backslash or line feed: what a string can be left at. A line feed never
// stands in a string, so one that does tells of a text that was cut off.
bool is_string_mark(char c) {
  return c == '"' || c == '\\' || c == '\n';
}

// What an item's brackets and strings begin and end with.
bool is_item_mark(char c) {
  return c == '"' || c == '{' || c == '}' || c == '[' || c == ']';
}

#if defined(__SSE2__)
constexpr std::size_t kVectorBytes = sizeof(__m128i);

// A bit for each byte that is a mark.
int string_marks(__m128i bytes) {
  const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  const __m128i feed = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'));
  return _mm_movemask_epi8(_mm_or_si128(quote, _mm_or_si128(backslash, feed)));
}

// Brackets and braces differ in one bit, which is set here.
int item_marks(__m128i bytes) {
  const __m128i joined = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
  const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  const __m128i opening = _mm_cmpeq_epi8(joined, _mm_set1_epi8('{'));
  const __m128i closing = _mm_cmpeq_epi8(joined, _mm_set1_epi8('}'));
  return _mm_movemask_epi8(_mm_or_si128(quote, _mm_or_si128(opening, closing)));
}

template <class Marks, class IsMark>
std::size_t find_mark(std::string_view bytes, Marks&& marks, IsMark&& is_mark) {
  std::size_t at = 0;
  for (; at + kVectorBytes <= bytes.size(); at += kVectorBytes) {
    const auto* const there = reinterpret_cast<const __m128i*>(bytes.data() + at);
    const int found = marks(_mm_loadu_si128(there));
    if (found != 0) {
      return at + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned int>(found)));
    }
  }
  while (at < bytes.size() && !is_mark(bytes[at])) at++;
  return at;
}

std::size_t find_string_mark(std::string_view bytes) {
  return find_mark(bytes, string_marks, is_string_mark);
}
std::size_t find_item_mark(std::string_view bytes) {
  return find_mark(bytes, item_marks, is_item_mark);
}
#else
std::size_t find_string_mark(std::string_view bytes) {
  return static_cast<std::size_t>(std::ranges::find_if(bytes, is_string_mark) - bytes.begin());
}
std::size_t find_item_mark(std::string_view bytes) {
  return static_cast<std::size_t>(std::ranges::find_if(bytes, is_item_mark) - bytes.begin());
}
#endif

}  // namespace

DocumentScanner::DocumentScanner(DocumentArrays arrays) : arrays_(arrays.begin(), arrays.end()) {}

std::size_t DocumentScanner::scan(std::string_view bytes, std::vector<DocumentItem>& items,
                                  std::size_t items_max) {
  std::size_t done = 0;
  surroundings_may_differ_ = false;
  while (done < bytes.size() && items.size() < items_max && !surroundings_may_differ_) {
    const std::string_view rest = bytes.substr(done);
    const std::size_t taken = in_item_ ? scan_item(rest, items) : scan_frame(rest, items);
    done += taken;
    at_ += taken;
  }
  return done;
}

void DocumentScanner::give_up_item() {
  candidate_ = kNone;
  if (!in_item_) return;
  in_item_ = false;
  item_begin_ = kNone;
  // Its brackets are open in the frame now, so that its end is found.
  deeper_ += item_depth_;
  item_depth_ = 0;
  token_ = item_token_;
  item_token_ = Token::None;
  token_text_.clear();
}

void DocumentScanner::begin_item(std::uint64_t begin, Token token) {
  in_item_ = true;
  item_begin_ = begin;
  item_token_ = token;
  item_depth_ = 0;
  escaped_ = false;
}

void DocumentScanner::end_item(std::uint64_t end, std::vector<DocumentItem>& items) {
  items.push_back({item_begin_, end});
  in_item_ = false;
  item_token_ = Token::None;
  item_depth_ = 0;
}

// Up to the item's end or that of the bytes; returns how many were taken.
std::size_t DocumentScanner::scan_item(std::string_view bytes, std::vector<DocumentItem>& items) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (item_token_ == Token::String) {
      at += scan_item_string(bytes.substr(at));
      if (item_token_ != Token::None || item_depth_ > 0) continue;
      end_item(at_ + at, items);
      return at;
    }
    if (item_token_ != Token::None) {  // a number or a word, or what is no JSON at all
      const bool is_garbage = item_token_ == Token::Garbage;
      while (at < bytes.size() && (is_garbage ? bytes[at] != '\n' : !ends_scalar(bytes[at]))) at++;
      if (at < bytes.size()) end_item(at_ + at, items);
      return at;
    }
    at += find_item_mark(bytes.substr(at));
    if (at == bytes.size()) return at;
    const char mark = bytes[at++];
    if (mark == '"') {
      item_token_ = Token::String;
    } else if (mark == '{' || mark == '[') {
      item_depth_++;
    } else if (--item_depth_ == 0) {
      end_item(at_ + at, items);
      return at;
    }
  }
  return at;
}

// To behind the string's end, if it is there.
std::size_t DocumentScanner::scan_item_string(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (escaped_) {
      escaped_ = false;
      at++;
      continue;
    }
    at += find_string_mark(bytes.substr(at));
    if (at == bytes.size()) break;
    const char mark = bytes[at];
    if (mark == '\\') {
      escaped_ = true;
      at++;
      continue;
    }
    item_token_ = Token::None;
    if (mark == '"') return at + 1;
    // An unended string: the item ends with its line, so that the next lines are not lost.
    item_depth_ = 0;
    return at;
  }
  return at;
}

// One token or sign of what is around the items.
std::size_t DocumentScanner::scan_frame(std::string_view bytes, std::vector<DocumentItem>& items) {
  if (token_ != Token::None) return scan_frame_token(bytes);
  const char c = bytes[0];
  if (is_space(c) || c == ',' || c == ':') {
    if (c == ',' && !frames_.empty() && deeper_ == 0) frames_.back().awaits_key = true;
    if (c == ':' && !frames_.empty() && deeper_ == 0) frames_.back().awaits_key = false;
    return 1;
  }
  const bool at_root = frames_.empty() && deeper_ == 0;
  const bool holds_items = deeper_ == 0 && !frames_.empty() && frames_.back().holds_items;
  if (at_root && c != '{' && c != '[') {
    begin_item(at_, Token::Garbage);
    return 0;
  }
  if (holds_items && c != ']' && c != '}') {
    begin_item(at_, c == '{' || c == '[' ? Token::None : c == '"' ? Token::String : Token::Scalar);
    if (item_token_ == Token::String) return 1;
    return 0;
  }
  if (c == '{' || c == '[') {
    if (at_root) begin_document();
    open(c);
  } else if (c == '}' || c == ']') {
    at_++;  // the document's end is behind the bracket
    close(items);
    at_--;
  } else {
    token_ = c == '"' ? Token::String : Token::Scalar;
    token_text_.assign(1, c);
    escaped_ = false;
  }
  return 1;
}

// On in a string or word of the frame.
std::size_t DocumentScanner::scan_frame_token(std::string_view bytes) {
  std::size_t at = 0;
  const auto keep = [this](char c) {
    if (token_text_.size() <= kDocumentKeyBytesMax) token_text_ += c;
  };
  if (token_ != Token::String) {
    const bool is_garbage = token_ == Token::Garbage;
    const auto goes_on = [&](char c) { return is_garbage ? c != '\n' : !ends_scalar(c); };
    while (at < bytes.size() && goes_on(bytes[at])) keep(bytes[at++]);
    if (at < bytes.size()) take_token();
    return at;
  }
  while (at < bytes.size()) {
    const char c = bytes[at++];
    keep(c);
    if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"' || c == '\n') {
      take_token();
      return at;
    }
  }
  return at;
}

// A token has ended: it is a key, or a member that may be told to the items.
void DocumentScanner::take_token() {
  const bool is_whole = token_text_.size() <= kDocumentKeyBytesMax && !token_text_.empty();
  const bool is_string = token_ == Token::String;
  token_ = Token::None;
  if (frames_.empty() || deeper_ > 0 || frames_.back().is_array) return;
  Frame& frame = frames_.back();
  if (frame.awaits_key) {
    frame.awaits_key = false;
    const bool is_key = is_whole && is_string && token_text_.size() >= 2;
    key_ = is_key ? token_text_.substr(1, token_text_.size() - 2) : std::string();
    return;
  }
  const std::size_t bytes = frame.members.size() + key_.size() + token_text_.size() + 4;
  if (!is_whole || key_.empty() || bytes > kSurroundingsBytesMax) return;
  if (!frame.members.empty()) frame.members += ',';
  frame.members += '"' + key_ + "\":" + token_text_;
}

void DocumentScanner::begin_document() {
  candidate_ = at_;
  surroundings_ = nullptr;
  surroundings_may_differ_ = true;
}

void DocumentScanner::open(char bracket) {
  if (deeper_ > 0 || frames_.size() == kDocumentDepthMax) {
    deeper_++;
    return;
  }
  Frame frame;
  frame.is_array = bracket == '[';
  frame.awaits_key = !frame.is_array;
  frame.path_bytes = path_.size();
  if (!frames_.empty() && !frames_.back().is_array) {
    if (!path_.empty()) path_ += '.';
    path_ += key_;
  }
  if (frame.is_array) path_ += "[]";
  frame.holds_items = frame.is_array && is_asked_for(path_);
  if (frame.holds_items) {
    candidate_ = kNone;
    const std::string* const around = frames_.empty() ? nullptr : &frames_.back().members;
    surroundings_ = around == nullptr || around->empty()
                        ? nullptr
                        : std::make_shared<const std::string>('{' + *around + '}');
    surroundings_may_differ_ = true;
  }
  frames_.push_back(std::move(frame));
}

void DocumentScanner::close(std::vector<DocumentItem>& items) {
  if (deeper_ > 0) {
    deeper_--;
    return;
  }
  path_.resize(frames_.back().path_bytes);
  frames_.pop_back();
  if (!frames_.empty() || candidate_ == kNone) return;
  items.push_back({candidate_, at_});
  candidate_ = kNone;
}

// An array that is the document itself always is.
bool DocumentScanner::is_asked_for(std::string_view path) const {
  return path == "[]" || std::ranges::find(arrays_, path) != arrays_.end();
}

}  // namespace pantau
