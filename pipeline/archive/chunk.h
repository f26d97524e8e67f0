// A chunk: some hundred kilobytes of whole lines, the message of the sweep's
// flow graph. It is big enough that a message costs nothing per record and
// small enough to stay in a core's L2 cache (256–512 KB measured best).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "classifiers/base/result.h"
#include "pipeline/archive/plain_file.h"

namespace pantau {

// So many bytes behind a chunk's last one may be read (never used): what
// simdjson asks for, and our own vector loads.
inline constexpr std::size_t kChunkPaddingBytes = 64;

// How a format's records follow each other in the file.
enum class Framing : std::uint8_t {
  Lines,      // one record a line, ended by '\n'
  Csv,        // RFC 4180: a quoted cell may hold line ends; "\r" alone ends a line too
  Documents,  // items of JSON documents, found as document_scanner.h tells
};

// An item of a document, in its chunk.
struct ItemExtent {
  std::size_t begin = 0;
  std::size_t size = 0;
};

// Everything that is needed to go through its rows (rows.h) is in it, so it may
// be read on any thread. Two chunks may lie in the same memory, one behind the other.
struct Chunk {
  std::string_view bytes;    // whole rows; the last one of a file may lack its line end
  std::uint64_t offset = 0;  // of bytes[0] in the file, decompressed
  std::uint64_t line = 1;    // number of the first physical line, from 1
  std::uint64_t lines = 0;   // line ends in it, plus one for a last line without

  // A line above the limit comes as a chunk of its own that holds only its
  // first bytes, kTooLongSampleBytes at most; `bytes_skipped` follow them in the
  // file, the line end included. rows.h finds no row in it.
  bool too_long = false;
  std::uint64_t bytes_skipped = 0;

  Framing framing = Framing::Lines;
  char delimiter = ',';  // of a CSV file

  // Of documents: the items, in order, and what stands around all of them (a JSON object of
  // texts and numbers), null if nothing. Between the items are bytes of the document's frame;
  // a chunk may hold nothing else.
  std::vector<ItemExtent> items;
  std::shared_ptr<const std::string> surroundings;

  std::shared_ptr<const void> owner;  // keeps `bytes` alive

  // Of a chunk that is still to be read: see read_chunk(). Until then `bytes` is empty and `lines`
  // is 0; `line` never counts the lines of such chunks before it in the file.
  UnreadPart unread;
};

// Reads what is to be read of it, on any thread. Fault::Source if the file has changed meanwhile.
Status read_chunk(Chunk& chunk);

inline constexpr std::size_t kTooLongSampleBytes = 200;

}  // namespace pantau
