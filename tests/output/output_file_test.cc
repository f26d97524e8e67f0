#include "pipeline/output/output_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "pipeline/output/write_fd.h"

namespace pantau {
namespace {

class OutputFileTest : public testing::Test {
 protected:
  OutputFileTest() {
    std::string name = (std::filesystem::temp_directory_path() / "pantau-test-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    path_ = (folder_ / "flags.ndjson").string();
  }
  ~OutputFileTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::string content() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void set_content(std::string_view text) const { std::ofstream(path_, std::ios::binary) << text; }
  static std::string message(const Result<OutputFile>& result) {
    return result ? "no error" : result.error().message;
  }

  std::filesystem::path folder_;
  std::string path_;
};

TEST_F(OutputFileTest, WritesWhatIsAppended) {
  Result<OutputFile> file = OutputFile::create(path_);
  ASSERT_TRUE(file) << message(file);
  ASSERT_TRUE(file->append("one\n"));
  ASSERT_TRUE(file->append(""));
  ASSERT_TRUE(file->append("two\n"));
  EXPECT_EQ(file->size(), 8u);
  EXPECT_EQ(content(), "");  // buffered
  ASSERT_TRUE(file->flush());
  EXPECT_EQ(content(), "one\ntwo\n");
  ASSERT_TRUE(file->append("three\n"));
  ASSERT_TRUE(file->sync());
  EXPECT_EQ(content(), "one\ntwo\nthree\n");
  ASSERT_TRUE(file->close());
}

TEST_F(OutputFileTest, IsItsOwnersOnly) {
  ASSERT_TRUE(OutputFile::create(path_));
  struct stat status {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600u);
}

TEST_F(OutputFileTest, CreateEmptiesWhatIsThere) {
  set_content("old and long\n");
  Result<OutputFile> file = OutputFile::create(path_);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->size(), 0u);
  ASSERT_TRUE(file->append("new\n"));
  ASSERT_TRUE(file->close());
  EXPECT_EQ(content(), "new\n");
}

TEST_F(OutputFileTest, KeepsAllBytesAcrossTheBuffersEnd) {
  std::string expected;
  Result<OutputFile> file = OutputFile::create(path_);
  ASSERT_TRUE(file);
  for (const std::size_t size :
       {1u, 1'000'000u, 100'000u, 1u << 20, (1u << 20) + 1, 5u, 3'000'000u, 0u, 7u}) {
    const std::string bytes(size, static_cast<char>('a' + size % 26));
    ASSERT_TRUE(file->append(bytes));
    expected += bytes;
    EXPECT_EQ(file->size(), expected.size());
  }
  ASSERT_TRUE(file->close());
  EXPECT_TRUE(content() == expected);
}

TEST_F(OutputFileTest, ResumeCutsOffWhatWasNotCommitted) {
  set_content("committed\nnot comm");
  Result<OutputFile> file = OutputFile::resume(path_, 10);
  ASSERT_TRUE(file) << message(file);
  EXPECT_EQ(file->size(), 10u);
  EXPECT_EQ(content(), "committed\n");
  ASSERT_TRUE(file->append("more\n"));
  ASSERT_TRUE(file->close());
  EXPECT_EQ(content(), "committed\nmore\n");
}

TEST_F(OutputFileTest, ResumeAtTheEndAndAtTheStart) {
  set_content("committed\n");
  {
    Result<OutputFile> file = OutputFile::resume(path_, 10);
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->append("x"));
    ASSERT_TRUE(file->close());
  }
  EXPECT_EQ(content(), "committed\nx");
  ASSERT_TRUE(OutputFile::resume(path_, 0));
  EXPECT_EQ(content(), "");
}

TEST_F(OutputFileTest, ResumeRefusesAFileThatIsTooShort) {
  set_content("short");
  const Result<OutputFile> file = OutputFile::resume(path_, 10);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().fault, Fault::Storage);
  EXPECT_EQ(message(file), path_ +
                               ": has 5 bytes, but 10 were written to it before the sweep "
                               "stopped; it is not the file that the sweep can go on with");
  EXPECT_EQ(content(), "short");
}

TEST_F(OutputFileTest, ResumeRefusesAMissingFileUnlessNothingWasCommitted) {
  const Result<OutputFile> missing = OutputFile::resume(path_, 10);
  ASSERT_FALSE(missing);
  EXPECT_EQ(message(missing), path_ + ": cannot open for writing: No such file or directory");
  EXPECT_FALSE(std::filesystem::exists(path_));
  EXPECT_TRUE(OutputFile::resume(path_, 0));
}

TEST_F(OutputFileTest, AFileIsWrittenByOneAtATime) {
  set_content("of the first\n");
  {
    const Result<OutputFile> first = OutputFile::resume(path_, 13);
    ASSERT_TRUE(first);
    const Result<OutputFile> second = OutputFile::create(path_);
    ASSERT_FALSE(second);
    EXPECT_EQ(message(second), path_ +
                                   ": is being written already, by another process or as "
                                   "another output of this one");
    EXPECT_EQ(content(), "of the first\n");
  }
  EXPECT_TRUE(OutputFile::create(path_));
}

TEST_F(OutputFileTest, ErrorsNameThePath) {
  const std::string missing = (folder_ / "no" / "such" / "folder").string();
  const Result<OutputFile> file = OutputFile::create(missing);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().fault, Fault::Storage);
  EXPECT_EQ(message(file), missing + ": cannot open for writing: No such file or directory");
  EXPECT_EQ(message(OutputFile::create(folder_.string())),
            folder_.string() + ": cannot open for writing: Is a directory");
}

TEST_F(OutputFileTest, AFullDiskIsAnErrorAndStaysOne) {
  Result<OutputFile> file = OutputFile::create("/dev/full");
  ASSERT_TRUE(file) << message(file);
  ASSERT_TRUE(file->append("buffered\n"));
  const Status full = file->sync();
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().fault, Fault::Storage);
  EXPECT_EQ(full.error().message, "/dev/full: cannot write: No space left on device");
  for (const Status& later : {file->append("x"), file->flush(), file->sync(), file->close()}) {
    ASSERT_FALSE(later);
    EXPECT_EQ(later.error().message, full.error().message);
  }
}

TEST_F(OutputFileTest, AFileAboveTheAllowedSizeIsAnError) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = ::signal(SIGXFSZ, SIG_IGN);
  Result<OutputFile> file = OutputFile::create(path_);
  ASSERT_TRUE(file);
  rlimit small = before;
  small.rlim_cur = 1000;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  ASSERT_TRUE(file->append(std::string(2000, 'x')));
  const Status result = file->sync();
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  ::signal(SIGXFSZ, handler);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, path_ + ": cannot write: File too large");
}

TEST_F(OutputFileTest, DevicesAreWrittenAndNeverCut) {
  Result<OutputFile> file = OutputFile::resume("/dev/null", 100);
  ASSERT_TRUE(file) << message(file);
  EXPECT_EQ(file->size(), 100u);
  ASSERT_TRUE(file->append("x"));
  ASSERT_TRUE(file->sync());
  EXPECT_EQ(file->size(), 101u);
}

TEST_F(OutputFileTest, TheDestructorWritesNothing) {
  {
    Result<OutputFile> file = OutputFile::create(path_);
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->append("flushed\n"));
    ASSERT_TRUE(file->flush());
    ASSERT_TRUE(file->append("not flushed\n"));
  }
  EXPECT_EQ(content(), "flushed\n");
}

TEST_F(OutputFileTest, MovesWithItsBuffer) {
  Result<OutputFile> opened = OutputFile::create(path_);
  ASSERT_TRUE(opened);
  OutputFile file = *std::move(opened);
  ASSERT_TRUE(file.append("one\n"));
  OutputFile other = std::move(file);
  ASSERT_TRUE(other.append("two\n"));
  ASSERT_TRUE(other.close());
  EXPECT_EQ(content(), "one\ntwo\n");
}

// Standard output is replaced for the test's time by what `fd` is.
class StandardOutput {
 public:
  explicit StandardOutput(int fd) : saved_(::dup(STDOUT_FILENO)) { ::dup2(fd, STDOUT_FILENO); }
  ~StandardOutput() {
    ::dup2(saved_, STDOUT_FILENO);
    ::close(saved_);
  }

 private:
  int saved_;
};

TEST_F(OutputFileTest, DashIsStandardOutput) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  {
    const StandardOutput replaced(ends[1]);
    Result<OutputFile> file = OutputFile::create("-");
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->append("flag\n"));
    ASSERT_TRUE(file->sync());
    EXPECT_EQ(file->size(), 5u);
    ASSERT_TRUE(file->close());
    EXPECT_EQ(::fcntl(STDOUT_FILENO, F_GETFD), 0);  // still open
  }
  ::close(ends[1]);
  char bytes[100];
  EXPECT_EQ(::read(ends[0], bytes, sizeof bytes), 5);
  ::close(ends[0]);
}

TEST_F(OutputFileTest, AReaderThatWentAwayIsAnErrorAndNoDeath) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[0]);
  Status result;
  {
    const StandardOutput replaced(ends[1]);
    Result<OutputFile> file = OutputFile::create("-");
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->append("flag\n"));
    result = file->flush();
  }
  ::close(ends[1]);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().fault, Fault::Storage);
  EXPECT_EQ(result.error().message, "standard output: cannot write: Broken pipe");

  // No signal is left behind, and the process's own way with it is as before.
  sigset_t pending;
  ASSERT_EQ(::sigpending(&pending), 0);
  EXPECT_EQ(::sigismember(&pending, SIGPIPE), 0);
  sigset_t blocked;
  ASSERT_EQ(::pthread_sigmask(SIG_SETMASK, nullptr, &blocked), 0);
  EXPECT_EQ(::sigismember(&blocked, SIGPIPE), 0);
}

TEST(WriteAll, WaitsForANonBlockingPipe) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_NONBLOCK), 0);
  const pid_t reader = ::fork();
  if (reader == 0) {
    ::close(ends[1]);
    ::fcntl(ends[0], F_SETFL, 0);
    char bytes[4096];
    while (::read(ends[0], bytes, sizeof bytes) > 0) {
    }
    ::_exit(0);
  }
  ::close(ends[0]);
  EXPECT_EQ(write_all(ends[1], std::string(1'000'000, 'x')), 0);
  ::close(ends[1]);
  int status = 0;
  EXPECT_EQ(::waitpid(reader, &status, 0), reader);
}

TEST(WriteAll, TellsWhatIsWrong) {
  EXPECT_EQ(write_all(-1, "x"), EBADF);
  EXPECT_EQ(write_all(-1, ""), 0);
}

}  // namespace
}  // namespace pantau
