#include "pipeline/archive/byte_stream.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <random>
#include <thread>

#include "tests/archive/archive_fixture.h"

namespace pantau {
namespace {

using Bytes = ArchiveTest;

struct Decompressed {
  std::string bytes;
  std::string error;
};

Decompressed read_all(const InputFile& file, std::size_t at_once = 1000) {
  Decompressed all;
  Result<std::unique_ptr<ByteStream>> stream = ByteStream::open(file);
  if (!stream) return {"", stream.error().message};
  std::string part(at_once, '\0');
  while (true) {
    Result<std::size_t> count = (*stream)->read(part);
    if (!count) all.error = count.error().message;
    if (!count || *count == 0) break;
    all.bytes.append(part, 0, *count);
    EXPECT_EQ((*stream)->position(), all.bytes.size());
  }
  if (all.error.empty()) {
    EXPECT_EQ((*stream)->compressed_position(), std::filesystem::file_size(file.path));
  }
  return all;
}

std::string sample_text() {
  std::mt19937 random(4);
  std::string text;
  for (int i = 0; i < 20000; i++) text += "line " + std::to_string(random()) + "\n";
  return text;
}

struct Packing {
  const char* name;
  std::string (*pack)(std::string_view);
};

constexpr Packing kPackings[] = {{"gzip", gzipped}, {"zstd", zstd_packed}, {"bzip2", bzip2_packed}};

TEST_F(Bytes, AreTheSameHoweverTheyArePacked) {
  const std::string text = sample_text();
  EXPECT_EQ(read_all(write("plain.gz", text)).bytes, text) << "the name does not matter";
  for (const Packing& packing : kPackings) {
    const InputFile file = write("packed.ndjson", packing.pack(text));
    for (const std::size_t at_once : {1u, 777u, 1000000u}) {
      const Decompressed all = read_all(file, at_once);
      EXPECT_EQ(all.bytes == text, true) << packing.name << at_once;
      EXPECT_EQ(all.error, "");
    }
  }
}

TEST_F(Bytes, OfSeveralFramesAreJoined) {
  for (const Packing& packing : kPackings) {
    std::string packed;
    for (const char* part : {"one\n", "", "two\n", "three\n"}) packed += packing.pack(part);
    EXPECT_EQ(read_all(write("members", packed)).bytes, "one\ntwo\nthree\n") << packing.name;
    EXPECT_EQ(read_all(write("members", packed)).error, "");
  }
}

TEST_F(Bytes, OfASkippableFrameAreSkipped) {
  const std::string skippable("\x53\x2A\x4D\x18\x03\0\0\0xyz", 11);
  const std::string packed = skippable + zstd_packed("a\n") + skippable + zstd_packed("b\n");
  EXPECT_EQ(read_all(write("skippable.zst", packed)).bytes, "a\nb\n");
}

TEST_F(Bytes, OfAnEmptyFileAreNone) {
  EXPECT_EQ(read_all(write("empty", "")).bytes, "");
  EXPECT_EQ(read_all(write("empty", "")).error, "");
  for (const Packing& packing : kPackings) {
    const Decompressed all = read_all(write("empty", packing.pack("")));
    EXPECT_EQ(all.bytes + all.error, "") << packing.name;
  }
}

TEST_F(Bytes, ZerosBehindTheLastFrameArePadding) {
  for (const Packing& packing : kPackings) {
    const InputFile file = write("padded", packing.pack("a\n") + std::string(1000, '\0'));
    EXPECT_EQ(read_all(file).bytes, "a\n");
    EXPECT_EQ(read_all(file).error, "") << packing.name;
  }
}

TEST_F(Bytes, BehindTheLastFrameAreAnError) {
  for (const Packing& packing : kPackings) {
    const Decompressed all = read_all(write("tail", packing.pack("a\n") + "junk"));
    EXPECT_EQ(all.bytes, "a\n");
    EXPECT_EQ(all.error, "tail: something follows the " + std::string(packing.name) +
                             " data (at byte 2 of the decompressed data)");
  }
}

// Whatever the place of the cut, what comes out is a true beginning, and the
// cut is told.
TEST_F(Bytes, OfACutOffFileComeUpToTheCut) {
  const std::string text = sample_text().substr(0, 3000);
  for (const Packing& packing : kPackings) {
    const std::string packed = packing.pack(text);
    // Everywhere near the ends, where headers and checksums are, else here and there.
    for (std::size_t size = 5; size < packed.size();
         size += size < 40 || size + 40 > packed.size() ? 1 : 13) {
      const Decompressed all = read_all(write("cut", packed.substr(0, size)));
      ASSERT_EQ(text.substr(0, all.bytes.size()), all.bytes) << packing.name << size;
      ASSERT_EQ(all.error, "cut: the file is cut off (at byte " + std::to_string(all.bytes.size()) +
                               " of the decompressed data)")
          << packing.name << " " << size << " of " << packed.size();
    }
  }
}

TEST_F(Bytes, MostOfACutOffFileIsDelivered) {
  const std::string text = sample_text();
  const std::string packed = gzipped(text);
  const Decompressed all = read_all(write("cut.gz", packed.substr(0, packed.size() - 100)));
  EXPECT_GT(all.bytes.size(), text.size() - 2000);
  EXPECT_NE(all.error, "");
}

TEST_F(Bytes, ThatWereChangedAreNoticed) {
  const std::string text = sample_text().substr(0, 2000);
  std::mt19937 random(5);
  for (const Packing& packing : kPackings) {
    const std::string packed = packing.pack(text);
    for (int i = 0; i < 150; i++) {
      std::string changed = packed;
      const std::size_t at = 12 + random() % (packed.size() - 12);
      changed[at] = static_cast<char>(changed[at] ^ (1 << random() % 8));
      const Decompressed all = read_all(write("changed", changed));
      // A few bits of a packed file mean nothing.
      ASSERT_TRUE(!all.error.empty() || all.bytes == text) << packing.name << at;
    }
  }
}

TEST_F(Bytes, AZstdWindowAboveTheLimitIsToldClearly) {
  // Magic, a descriptor without content size, a window of 2^28, one raw block of 2 bytes.
  const std::string packed(
      "\x28\xB5\x2F\xFD\x00\x90\x11\x00\x00"
      "a\n",
      11);
  const Decompressed all = read_all(write("wide.zst", packed));
  EXPECT_EQ(all.bytes, "");
  EXPECT_EQ(all.error.substr(0, 53), "wide.zst: its zstd data need a window above 128 MiB; ")
      << all.error;
  const std::string narrower(
      "\x28\xB5\x2F\xFD\x00\x88\x11\x00\x00"
      "a\n",
      11);
  EXPECT_EQ(read_all(write("narrower.zst", narrower)).bytes, "a\n");
}

TEST_F(Bytes, AnErrorStays) {
  auto stream = ByteStream::open(write("cut.gz", gzipped("a\n").substr(0, 15)));
  ASSERT_TRUE(stream);
  std::string part(10, '\0');
  std::string first;
  for (int i = 0; i < 5; i++) {
    const Result<std::size_t> count = (*stream)->read(part);
    if (count) continue;
    if (first.empty()) first = count.error().message;
    EXPECT_EQ(count.error().message, first);
    EXPECT_EQ(count.error().fault, Fault::Source);
  }
  EXPECT_NE(first, "");
}

TEST_F(Bytes, OfAFolderAreAnError) {
  const Decompressed all = read_all(input("."));
  EXPECT_EQ(all.error, ".: cannot read: Is a directory (at byte 0)");
}

class Pipes : public Bytes {
 protected:
  InputFile make_pipe() {
    EXPECT_EQ(mkfifo(path("pipe").c_str(), 0600), 0);
    return input("pipe");
  }
};

TEST_F(Pipes, GiveALineAsSoonAsItIsThere) {
  const InputFile file = make_pipe();
  std::unique_ptr<Chunker> chunker;
  std::thread reader([&] { chunker = std::move(*Chunker::open(file)); });
  const int writer = ::open(file.path.c_str(), O_WRONLY);
  ASSERT_GE(writer, 0);
  ASSERT_EQ(::write(writer, "one\nhal", 7), 7);
  reader.join();
  ASSERT_TRUE(chunker->start(Framing::Lines));
  auto chunk = chunker->next();  // returns although the pipe is still open
  ASSERT_TRUE(chunk && *chunk);
  EXPECT_EQ((*chunk)->bytes, "one\n");
  ASSERT_EQ(::write(writer, "f\n", 2), 2);
  chunk = chunker->next();
  ASSERT_TRUE(chunk && *chunk);
  EXPECT_EQ((*chunk)->bytes, "half\n");
  EXPECT_EQ((*chunk)->offset, 4u);
  EXPECT_EQ((*chunk)->line, 2u);
  ASSERT_EQ(::write(writer, "rest", 4), 4);
  ::close(writer);
  chunk = chunker->next();
  ASSERT_TRUE(chunk && *chunk);
  EXPECT_EQ((*chunk)->bytes, "rest");
  chunk = chunker->next();
  EXPECT_TRUE(chunk && !*chunk);
}

TEST_F(Pipes, MayBePacked) {
  const InputFile file = make_pipe();
  const std::string text = sample_text();
  std::thread writer([&] {
    std::ofstream out(file.path, std::ios::binary);
    out << gzipped(text);
  });
  const SeenFile seen = see(file, Framing::Lines);
  writer.join();
  EXPECT_EQ(seen.rows.size(), 20000u);
  EXPECT_EQ(seen.bytes, text.size());
}

TEST_F(Pipes, AStopEndsTheWaiting) {
  const InputFile file = make_pipe();
  const int writer = ::open(file.path.c_str(), O_RDWR);  // so that nobody waits for anybody
  ASSERT_GE(writer, 0);
  ASSERT_EQ(::write(writer, "one\nhal", 7), 7);
  std::atomic<bool> stop = false;
  ChunkerOptions options;
  options.stop = &stop;
  auto chunker = Chunker::open(file, options);
  ASSERT_TRUE(chunker && (*chunker)->start(Framing::Lines));
  auto chunk = (*chunker)->next();
  ASSERT_TRUE(chunk && *chunk);
  std::thread stopper([&] { stop = true; });
  chunk = (*chunker)->next();
  stopper.join();
  ASSERT_TRUE(chunk);
  EXPECT_FALSE(*chunk) << "half a line is none";
  EXPECT_TRUE((*chunker)->stopped());
  EXPECT_EQ((*chunker)->position(), (FilePosition{4, 2}));
  ::close(writer);
}

TEST_F(Pipes, AStopEndsTheWaitingForAWriter) {
  std::atomic<bool> stop = true;
  auto stream = ByteStream::open(make_pipe(), &stop);
  ASSERT_TRUE(stream);
  std::string part(10, '\0');
  EXPECT_EQ((*stream)->read(part).value(), 0u);
  EXPECT_TRUE((*stream)->stopped());
}

}  // namespace
}  // namespace pantau
