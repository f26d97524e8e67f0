// Where the items of JSON documents begin and end, for documents that are too big to be held.
//
// An item is an element of an array that was asked for ("messages[]", "chats.list[].messages[]"),
// of an array that is the document itself ("[]"), or a whole document in which no such array
// stands. Documents may follow each other, as in NDJSON. Around the items is the document's
// frame, of which nothing is kept but the texts and numbers that stand before an array in the
// same object: the surroundings of its items ("name", "id" of a chat).
//
// It counts brackets and follows strings, and believes everything: whether an item is JSON at
// all is for its reader to say. What it holds is bounded by the constants below, whatever comes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pantau {

inline constexpr std::size_t kDocumentDepthMax = 64;      // frames that are told apart
inline constexpr std::size_t kDocumentKeyBytesMax = 256;  // a longer key is none that was asked for
inline constexpr std::size_t kSurroundingsBytesMax = 4096;  // of one object

// Paths of arrays, each ending in "[]".
using DocumentArrays = std::span<const std::string_view>;

// Offsets count from the first byte that was scanned.
struct DocumentItem {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

class DocumentScanner {
 public:
  explicit DocumentScanner(DocumentArrays arrays);

  // Goes on over the next bytes and adds the items that end in them, which all have the
  // surroundings from before the call: it stops early where those may change, or where `items`
  // has `items_max`. Returns how many bytes it took.
  std::size_t scan(std::string_view bytes, std::vector<DocumentItem>& items, std::size_t items_max);

  // An item has begun that has not ended, or a document that may turn out to be one. What lies
  // before belongs to no item any more.
  bool is_in_item() const { return in_item_ || candidate_ != kNone; }
  std::uint64_t item_begin() const { return in_item_ ? item_begin_ : candidate_; }

  // The item that has begun is none: what is left of it is frame.
  void give_up_item();

  // Of the items that end next: a JSON object, null if nothing stands around them.
  const std::shared_ptr<const std::string>& surroundings() const { return surroundings_; }

  // Whether a document or item is still open. At the end of a file: it was cut off.
  bool is_inside() const { return in_item_ || !frames_.empty() || deeper_ > 0; }

 private:
  static constexpr std::uint64_t kNone = ~std::uint64_t{0};

  enum class Token : std::uint8_t { None, String, Scalar, Garbage };

  struct Frame {
    bool is_array = false;
    bool holds_items = false;
    bool awaits_key = false;
    std::size_t path_bytes = 0;  // of path_ without this frame
    std::string members;         // texts and numbers so far, of an object
  };

  std::size_t scan_item(std::string_view bytes, std::vector<DocumentItem>& items);
  std::size_t scan_item_string(std::string_view bytes);
  void end_item(std::uint64_t end, std::vector<DocumentItem>& items);
  void begin_item(std::uint64_t begin, Token token);
  std::size_t scan_frame(std::string_view bytes, std::vector<DocumentItem>& items);
  std::size_t scan_frame_token(std::string_view bytes);
  void take_token();
  void begin_document();
  void open(char bracket);
  void close(std::vector<DocumentItem>& items);
  bool is_asked_for(std::string_view path) const;

  std::vector<std::string> arrays_;
  std::uint64_t at_ = 0;  // bytes taken

  bool in_item_ = false;
  std::uint64_t item_begin_ = 0;
  Token item_token_ = Token::None;  // None: between the tokens of an object or array
  std::size_t item_depth_ = 0;
  bool escaped_ = false;  // the last byte of a string was a backslash

  std::uint64_t candidate_ = kNone;  // where a document began that may be an item
  std::vector<Frame> frames_;
  std::size_t deeper_ = 0;  // open brackets beyond kDocumentDepthMax
  std::string path_;
  std::string key_;
  Token token_ = Token::None;
  std::string token_text_;  // of the frame, bounded
  bool surroundings_may_differ_ = false;
  std::shared_ptr<const std::string> surroundings_;
};

}  // namespace pantau
