// A source knows one platform that can be asked over HTTP: what to ask next, and how to read
// the answer.
//
// It knows nothing else. It does no I/O, reads no clock, keeps no state and starts no thread:
// where it stands is a text, its cursor, which the ingest loop commits together with the flags
// of the answer that led there. So a test of it is a recorded answer and what should come out,
// and a source that is killed anywhere goes on from the last answer that was kept. Fetching,
// tokens, time-outs, retries, rate limits and circuit breaking are the loop's, once for all.
//
// A new platform is one file in sources/, a line in sources/all.cc, and golden files under
// tests/ingest/sources/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/arena.h"
#include "classifiers/base/time.h"
#include "classifiers/base/toml_reader.h"
#include "classifiers/model/record.h"
#include "pipeline/net/http.h"

namespace pantau {

// A longer cursor is a fault of the source; it would be written with every answer.
inline constexpr std::size_t kCursorBytesMax = std::size_t{1} << 20;

// How the source's token goes with the request, if the configuration names one. The loop puts
// it in place: a request never holds it, so it can be logged and kept as evidence.
enum class TokenUse : std::uint8_t {
  None,
  Bearer,     // Authorization: Bearer TOKEN
  Parameter,  // a parameter `key` of the query
};

// A GET request, or what a stream is begun with.
struct Request {
  std::string url;  // whole and percent-encoded: "https://host/path?query"
  std::vector<Header> headers;
  TokenUse token = TokenUse::None;
  std::optional<StreamWish> stream;  // then each answer is what has come since the last one

  friend bool operator==(const Request&, const Request&) = default;
};

// What came back, whatever the status; redirects have been followed. kStreamStatus: messages.
struct Answer {
  int status = 0;
  std::span<const Header> headers;
  std::string_view body;  // decoded; kChunkPaddingBytes behind it may be read
  Instant received_at;    // by our own clock: what observed_at of its records is

  // The value of the first header of this name (small letters); "" if there is none.
  std::string_view header(std::string_view name) const;
};

// A record that the answer holds.
struct SourcedAct {
  Record record;
  std::string_view received;   // the record's own bytes: a slice of the answer's body
  std::string_view edited_at;  // RFC 3339, if the platform says that it was changed afterwards
};

// An act of which the platform says in so many words that it was taken back or removed. That an
// act is missing from a list, or that reading it failed once, says nothing of the kind.
struct Removal {
  Record record;            // platform, kind, id, actor and time (of the removal)
  std::string_view reason;  // a literal: "deleted by its author", "withheld" …
};

// The desk has a Page of its own: the linker must not take one for the other.
inline namespace ingest_page {
// What an answer held. Views point into the answer's body or the arena, or are literals.
struct Page {
  Arena arena;
  std::vector<SourcedAct> acts;
  std::vector<Removal> removals;
  std::map<std::string_view, std::uint64_t> not_acts;  // other things, by what they are: literals
  std::map<std::string_view, std::uint64_t> rejected;  // by reason, as CONTRACT.md §2 names them
  std::string cursor;  // where to go on after this answer: never where it was asked from, but
                       // for a stream, which goes on by itself
  std::vector<std::string> notices;  // for people: that something may be missing; no secrets

  void skip(std::string_view what) { not_acts[what]++; }
  void reject(std::string_view reason) { rejected[reason]++; }
};
}  // namespace ingest_page

// What an answer means for the source.
struct Verdict {
  enum class Is : std::uint8_t {
    Page,   // read, and page.cursor says where to go on. Also for an answer that says that the
            // thing asked for is not there or not open (comments switched off, a status that is
            // gone): then the page is empty, but for a skip() that names why
    Wait,   // the platform wants us to wait; `until`, or else as its headers say
    Retry,  // broken, or the platform's fault (5xx, half a JSON document): ask again, later
    Stop,   // asking again is of no use until a person does something: a token that is no
            // longer good, a ban, a request that the platform does not know
  };
  Is is = Is::Page;
  std::string reason;            // of the others, for people: no secrets, nothing of any record
  std::optional<Instant> until;  // of Wait

  static Verdict page() { return {}; }
  static Verdict wait(std::string reason, std::optional<Instant> until = std::nullopt) {
    return {Is::Wait, std::move(reason), until};
  }
  static Verdict retry(std::string reason) { return {Is::Retry, std::move(reason), std::nullopt}; }
  static Verdict stop(std::string reason) { return {Is::Stop, std::move(reason), std::nullopt}; }
};

class Source {
 public:
  virtual ~Source() = default;

  // As in the records: "bluesky", "mastodon", "youtube".
  virtual std::string_view platform() const = 0;

  // What to ask next; nothing when all has been read. The beginning is "". A cursor that this
  // source could not have made (the configuration has changed) is read as the beginning.
  virtual std::optional<Request> next(std::string_view cursor) const = 0;

  // Reads the answer to next(cursor): fills `page`, which comes empty, or says why not. What is
  // not Verdict::page() leaves the cursor where it was, and the page is not looked at.
  //
  // A JSON document that is cut off, or that has no such shape, is a Retry: never a part of it is
  // believed. One record in a sound document that cannot be read is a reject() and no more.
  // Statuses without a meaning of their own on the platform: `return judge_status(answer)`.
  virtual Verdict read(std::string_view cursor, const Answer& answer, Page& page) const = 0;

  // Where the next round begins, after next() has given nothing, for a sweep that follows its
  // sources: "" reads everything again (what is known is known by its key).
  virtual std::string again(std::string_view) const { return {}; }
};

// What any platform means by a status: 429, and 503 with Retry-After: Wait; 408, 425 and 5xx:
// Retry, and so is a success without the content that was asked for; other statuses: Stop.
Verdict judge_status(const Answer& answer);

// `text` as a value in a URL's query or path: all but A-Z a-z 0-9 - . _ ~ as %XX.
std::string percent_encoded(std::string_view text);

// An account as the sweep's campaign list names it. Subjects are not listed anywhere: a roster
// can be asked whether somebody is on it, but not who.
struct CampaignAccount {
  std::string id;
  std::string handle;  // as handle_key()

  friend bool operator==(const CampaignAccount&, const CampaignAccount&) = default;
};

// How sources of a platform are made.
struct Platform {
  std::string_view name;  // as written after `platform =`

  // From the keys of a [[source]] table that are the platform's own. Mistakes go to the reader;
  // its finish() is the caller's, who has read name, platform, token_env, token_file,
  // requests_per_minute and test_server before. `campaign` are the platform's accounts in the
  // campaign list, each once. Null only after a mistake.
  std::unique_ptr<Source> (*make)(TomlReader& table, std::span<const CampaignAccount> campaign);
};

// All platforms, in sources/all.cc.
std::span<const Platform* const> all_platforms();

}  // namespace pantau
