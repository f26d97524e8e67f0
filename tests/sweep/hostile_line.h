// One odd line among ordinary ones.
#pragma once

#include <string>
#include <vector>

#include "tests/sweep/line_fates.h"

namespace pantau {

// An ordinary line of one of two writers: a post, number 1, with the text "halo", to 99.
inline std::string post_of(const std::string& actor, const std::string& more = "") {
  return R"({"platform":"x","kind":"post","id":"1","actor":)" + actor +
         R"(,"target":{"id":"99"},"text":"halo","created_at":"2024-10-01T08:00:00Z",)" +
         R"("observed_at":"2024-10-01T09:00:00Z")" + more + "}";
}

inline std::string other_post_of(const std::string& actor) {
  return R"({ "id": 1, "kind": "post", "text": "halo", "created_at": "2024-10-01T08:00:00Z", )"
         R"("observed_at": "2024-10-01T09:00:00Z", "target": {"id": 99}, "actor": )" +
         actor + R"(, "platform": "x" })";
}

inline const std::string kSubject = R"({"id":"7"})";
inline const std::string kStranger = R"({"id":"8"})";
inline const std::string kFlagged = "flag x/post/1: halo";
inline const std::string kJson = "rejected: json";

// Lines from which both writers' layouts are learned, of strangers and of subjects.
inline std::vector<std::string> ordinary_lines() {
  std::vector<std::string> lines;
  for (const std::string& actor :
       {kStranger, kSubject, std::string(R"({"id":"8","handle":"siapa","name":"Siapa Saja"})"),
        std::string(R"({"id":"7","handle":"guru","name":"Guru"})"), kStranger, kSubject}) {
    lines.push_back(post_of(actor));
    lines.push_back(other_post_of(actor));
  }
  return lines;
}

class HostileLine : public testing::Test {
 protected:
  // The fate of `line` wherever it stands: first or behind ordinary lines, with whatever line
  // ends and chunks. Their own fate is that of ordinary lines.
  static std::vector<std::string> fates_in(const std::string& line, Validate validate) {
    std::vector<std::string> fates;
    for (const std::string end : {"\n", "\r\n"}) {
      for (const std::size_t chunk_bytes : {std::size_t{64}, ChunkLimits().chunk_bytes}) {
        for (const bool learned : {true, false}) {
          fates.push_back(fate_among(line, learned, end, {validate, chunk_bytes}));
        }
      }
    }
    return fates;
  }

  // What a full check says of the line is `checked`; a sweep that may skim says the same.
  static void expect(const std::string& line, const std::string& checked) {
    for (const Validate validate : {Validate::All, Validate::Subjects}) {
      for (const std::string& fate : fates_in(line, validate)) {
        EXPECT_EQ(fate, checked) << shown(line, validate);
      }
    }
  }

  // The same of a line in which no subject acts: it may be skimmed, and so not be checked. It
  // always ends in one way and is never flagged.
  static void expect_of_stranger(const std::string& line, const std::string& checked) {
    for (const std::string& fate : fates_in(line, Validate::All)) {
      EXPECT_EQ(fate, checked) << shown(line, Validate::All);
    }
    const std::vector<std::string> fates = fates_in(line, Validate::Subjects);
    for (const std::string& fate : fates) {
      EXPECT_TRUE(fate == checked || fate.empty())
          << fate << ": " << shown(line, Validate::Subjects);
      EXPECT_EQ(fate, fates.front()) << shown(line, Validate::Subjects);
    }
  }

 private:
  static std::string shown(const std::string& line, Validate validate) {
    return (validate == Validate::All ? "checked in full: " : "skimmed: ") +
           testing::PrintToString(line.substr(0, 1000));
  }

  static std::string fate_among(const std::string& line, bool learned, const std::string& end,
                                const ReadOptions& options) {
    std::string file;
    const std::vector<std::string> ordinary = ordinary_lines();
    std::uint64_t before = 0;
    if (learned) {
      for (const std::string& other : ordinary) file += other + end;
      before = ordinary.size();
    }
    file += line + end;
    for (const std::string& other : ordinary) file += other + end;
    const Fates fates = read_file_bytes(engine_of_lines(), file, options);
    for (std::size_t i = 0; i < ordinary.size(); i++) {
      const std::string expected = i / 2 % 2 == 1 ? kFlagged : "";
      if (learned) {
        EXPECT_EQ(fates.of(1 + i), expected) << shown(line, options.validate);
      }
      EXPECT_EQ(fates.of(before + 2 + i), expected) << shown(line, options.validate);
    }
    return fates.of(before + 1);
  }
};

}  // namespace pantau
