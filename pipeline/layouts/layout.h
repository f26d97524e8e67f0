// A layout knows one export format: which files are of it, and how a row of
// it reads as Records. It knows nothing else: it does no I/O, reads no clock and
// starts no thread, so a test of it is a fixture and the records that should
// come out.
//
// A new layout is one file here, a fixture under tests/layouts/, and a line in
// all.cc. The line is deliberate: a list can be found with grep and has no order
// of initialisation.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "classifiers/base/arena.h"
#include "classifiers/base/result.h"
#include "classifiers/model/record.h"
#include "pipeline/archive/chunk.h"
#include "pipeline/archive/document_scanner.h"
#include "pipeline/layouts/skim.h"

namespace pantau {

// What a line turned out to be. Every line that is not blank is one of these,
// so the counts of a sweep add up to the lines read.
struct Reading {
  enum class Is : std::uint8_t {
    Act,       // the record is filled
    Deletion,  // of an earlier act: platform, kind, id, actor and time of the record are filled;
               // where a platform does not tell (a deleted post may have been a comment or a
               // share), kind is Post, and the id alone says which act it was
    NotAnAct,  // something else that the format holds, named by `reason`
    Rejected,  // unreadable or incomplete, `reason` as in CONTRACT.md §2
  };
  Is is = Is::Act;
  std::string_view reason;  // a literal: "identity", "json", "missing:actor" …

  // Of a rejected item that is sound in itself but not as its platform once wrote it, also
  // literals: where in it ("data[].author_id"), and what was found there ("missing", "a number").
  std::string_view where;
  std::string_view found;

  static Reading act() { return {}; }
  static Reading deletion() { return {Is::Deletion, {}, {}, {}}; }
  static Reading not_an_act(std::string_view what) { return {Is::NotAnAct, what, {}, {}}; }
  static Reading rejected(std::string_view reason) { return {Is::Rejected, reason, {}, {}}; }
  static Reading unmapped(std::string_view reason, std::string_view where, std::string_view found) {
    return {Is::Rejected, reason, where, found};
  }
};

// Reads lines of one file; belongs to one thread, since it owns a parser.
class LineReader {
 public:
  virtual ~LineReader() = default;

  // If its lines can be skimmed: what says who acts in them, of the lines of this reader.
  virtual LineSkimmer* skimmer() { return nullptr; }

  // read() for a line that the skimmer has followed so far.
  virtual Reading read_skimmed(std::string_view line, SkimWalk&, Record& record, Arena& arena) {
    return read(line, record, arena);
  }

  // Reads one line (without its '\n'; a CSV row may hold line ends inside quotes)
  // into `record`, which comes freshly made. What the record shows points into
  // `line` or `arena`, or is a literal, and never into this reader.
  // kChunkPaddingBytes behind the line may be read.
  virtual Reading read(std::string_view line, Record& record, Arena& arena) = 0;

  // A row may hold more than one act: a page of posts, or a share and the post that it shares.
  // read() gives the first and this, while it is true, one more of the same row.
  virtual bool read_next(Reading&, Record&) { return false; }

  // What of a row may be kept, in the queue or among the rejects: all, but for what tells of the
  // session of whoever collected it.
  virtual std::string_view keepable(std::string_view line, Arena&) const { return line; }

  // What stands around the rows that come next: see Chunk::surroundings. "" if nothing.
  virtual void enter(std::string_view, Arena&) {}
};

class Layout {
 public:
  virtual ~Layout() = default;

  // As written after --format: "pantau", "jetstream", "tweet-harvest".
  virtual std::string_view name() const = 0;
  virtual Framing framing() const = 0;

  // How the rows of a file that begins with `head` follow each other, where that depends on it.
  virtual Framing framing_of(std::string_view) const { return framing(); }

  // In Documents framing: the arrays whose elements are rows.
  virtual DocumentArrays arrays() const { return {}; }

  // Whether a file that begins with `head` (some lines, perhaps cut, without byte
  // order mark) is of this format.
  virtual bool recognises(std::string_view head) const = 0;

  // A reader for a file whose first line is `header` (only CSV has one; it is not
  // passed to read()). An error says which columns are missing.
  virtual Result<std::unique_ptr<LineReader>> make_reader(std::string_view header) const = 0;
};

// All layouts, the record format of CONTRACT.md §2 first.
std::span<const Layout* const> all_layouts();

// By name; null if there is none.
const Layout* find_layout(std::string_view name);

// The layout of a file that begins with `head`: the first that recognises it,
// else the record format, under which every line of a stranger is rejected.
const Layout& recognise_layout(std::string_view head);

}  // namespace pantau
