#include "pipeline/archive/inputs.h"

#include <sys/stat.h>
#include <unistd.h>

#include "tests/archive/archive_fixture.h"

namespace pantau {
namespace {

class Inputs : public ArchiveTest {
 protected:
  void SetUp() override {
    before_ = std::filesystem::current_path();
    std::filesystem::current_path(folder_);
  }
  void TearDown() override { std::filesystem::current_path(before_); }

  static std::vector<std::string> names(const InputList& list) {
    std::vector<std::string> names;
    for (const InputFile& file : list.files) names.push_back(file.name);
    return names;
  }

  static InputList list(std::vector<std::string> paths) {
    Result<InputList> list = list_inputs(paths);
    EXPECT_TRUE(list) << list.error().message;
    return list ? *list : InputList();
  }

  std::filesystem::path before_;
};

using Strings = std::vector<std::string>;

TEST_F(Inputs, AFileIsTakenWhateverItsName) {
  write("records.txt", "12345");
  const InputList inputs = list({"records.txt"});
  ASSERT_EQ(names(inputs), Strings{"records.txt"});
  EXPECT_EQ(inputs.files[0].bytes, 5u);
  EXPECT_GT(inputs.files[0].modified_ns, 1'600'000'000'000'000'000);
  EXPECT_FALSE(inputs.files[0].is_stdin);
}

TEST_F(Inputs, AFolderIsWalkedInTheOrderOfBytes) {
  for (const char* name :
       {"r/b.ndjson", "r/B.json", "r/a/z.csv", "r/a.jsonl.gz", "r/deep/er/c.ndjson.zst",
        "r/d.json.bz2", "r/.hidden.json", "r/.git/x.json", "r/notes.txt", "r/x.ndjson.xz",
        "r/.json", "r/csv", "r/t.tar.gz"}) {
    write(name, "x");
  }
  const InputList inputs = list({"r"});
  EXPECT_EQ(names(inputs), (Strings{"r/B.json", "r/a.jsonl.gz", "r/a/z.csv", "r/b.ndjson",
                                    "r/d.json.bz2", "r/deep/er/c.ndjson.zst"}));
  EXPECT_EQ(inputs.notes,
            Strings{"r: 4 other files skipped: r/csv, r/notes.txt, r/t.tar.gz, r/x.ndjson.xz"});
  EXPECT_EQ(names(list({"r/"})).front(), "r/B.json");
  EXPECT_EQ(names(list({"./r"})).front(), "./r/B.json");
}

TEST_F(Inputs, ManySkippedFilesAreNotAllNamed) {
  for (int i = 0; i < 9; i++) write("r/" + std::to_string(i) + ".txt", "x");
  EXPECT_EQ(list({"r"}).notes,
            (Strings{"r: no record files in this folder",
                     "r: 9 other files skipped: r/0.txt, r/1.txt, r/2.txt, r/3.txt, r/4.txt and 4 "
                     "more"}));
}

TEST_F(Inputs, AnEmptyFolderIsANote) {
  std::filesystem::create_directory("empty");
  const InputList inputs = list({"empty"});
  EXPECT_TRUE(inputs.files.empty());
  EXPECT_EQ(inputs.notes, Strings{"empty: no record files in this folder"});
}

TEST_F(Inputs, AFolderMayLinkToItself) {
  write("r/a.json", "x");
  std::filesystem::create_directory_symlink("../r", "r/again");
  EXPECT_EQ(names(list({"r"})), Strings{"r/a.json"});
}

TEST_F(Inputs, AGlobMatches) {
  for (const char* name : {"day-1.ndjson", "day-2.ndjson", "day-10.ndjson", "night.ndjson"}) {
    write(name, "x");
  }
  EXPECT_EQ(names(list({"day-*.ndjson"})),
            (Strings{"day-1.ndjson", "day-10.ndjson", "day-2.ndjson"}));
  EXPECT_EQ(names(list({"day-[1].ndjson"})), Strings{"day-1.ndjson"});
  EXPECT_EQ(names(list({"day-?.ndjson"})), (Strings{"day-1.ndjson", "day-2.ndjson"}));
}

TEST_F(Inputs, AFileWithTheVeryNameOfAGlobIsThatFile) {
  write("a[1].ndjson", "x");
  write("a1.ndjson", "x");
  EXPECT_EQ(names(list({"a[1].ndjson"})), Strings{"a[1].ndjson"});
}

TEST_F(Inputs, AGlobMayMatchFolders) {
  write("2024-11/a.ndjson", "x");
  write("2024-12/b.ndjson", "x");
  EXPECT_EQ(names(list({"2024-*"})), (Strings{"2024-11/a.ndjson", "2024-12/b.ndjson"}));
}

TEST_F(Inputs, EverythingMissingIsToldAtOnce) {
  write("there.ndjson", "x");
  const Strings paths = {"there.ndjson", "not.ndjson", "*.csv", "there.ndjson/x"};
  const Result<InputList> inputs = list_inputs(paths);
  ASSERT_FALSE(inputs);
  EXPECT_EQ(inputs.error().fault, Fault::Config);
  EXPECT_EQ(inputs.error().message,
            "not.ndjson: error: No such file or directory\n"
            "*.csv: error: nothing matches\n"
            "there.ndjson/x: error: Not a directory");
}

TEST_F(Inputs, AnUnreadableFileIsAnError) {
  write("secret.ndjson", "x");
  ::chmod("secret.ndjson", 0);
  ::chmod(folder_.c_str(), 0755);
  const Strings paths = {"secret.ndjson"};
  const uid_t user = geteuid();
  if (user == 0) {
    ASSERT_EQ(seteuid(65534), 0);
  }  // root may read everything
  const Result<InputList> inputs = list_inputs(paths);
  if (user == 0) {
    ASSERT_EQ(seteuid(user), 0);
  }
  ASSERT_FALSE(inputs);
  EXPECT_EQ(inputs.error().message, "secret.ndjson: error: Permission denied");
}

TEST_F(Inputs, ALinkToNowhereInAFolderIsAnError) {
  std::filesystem::create_directory("r");
  std::filesystem::create_symlink("gone", "r/a.ndjson");
  const Strings paths = {"r"};
  const Result<InputList> inputs = list_inputs(paths);
  ASSERT_FALSE(inputs);
  EXPECT_EQ(inputs.error().message, "r/a.ndjson: error: No such file or directory");
}

TEST_F(Inputs, AFileNamedTwiceIsReadOnce) {
  write("r/a.ndjson", "x");
  const InputList inputs = list({"r/a.ndjson", "r", "./r/../r/a.ndjson", "-", "-"});
  EXPECT_EQ(names(inputs), (Strings{"r/a.ndjson", "-"}));
  EXPECT_TRUE(inputs.files[1].is_stdin);
  EXPECT_EQ(inputs.notes,
            (Strings{"r/a.ndjson: named twice, read once",
                     "./r/../r/a.ndjson: named twice, read once", "-: named twice, read once"}));
}

TEST_F(Inputs, APipeIsNotOpened) {
  ASSERT_EQ(mkfifo("pipe", 0600), 0);
  const InputList inputs = list({"pipe"});  // would wait for ever
  ASSERT_EQ(names(inputs), Strings{"pipe"});
  EXPECT_EQ(inputs.files[0].bytes, 0u);
}

}  // namespace
}  // namespace pantau
