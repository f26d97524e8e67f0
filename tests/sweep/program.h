// Runs programs as a person would, and keeps what they said.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

extern char** environ;

namespace pantau {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

inline void write_file(const std::filesystem::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

// A folder of its own for each test, gone with it.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "pantau-sweep-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

struct Ended {
  int status = -1;  // exit status, or 128 + signal
  std::string out;
  std::string err;
};

// Started, and to be waited for.
class Started {
 public:
  Started(std::vector<std::string> words, const Folder& folder, const std::string& input = {})
      : out_(folder / "said.out"), err_(folder / "said.err") {
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    const std::string from = input.empty() ? "/dev/null" : input;
    posix_spawn_file_actions_addopen(&files, 0, from.c_str(), O_RDONLY, 0);
    const int write = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_addopen(&files, 1, out_.c_str(), write, 0600);
    posix_spawn_file_actions_addopen(&files, 2, err_.c_str(), write, 0600);
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    if (posix_spawn(&pid_, argv[0], &files, nullptr, argv.data(), environ) != 0) pid_ = -1;
    posix_spawn_file_actions_destroy(&files);
  }

  void signal(int number) const { ::kill(pid_, number); }

  Ended wait() const {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    Ended ended;
    ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    ended.out = read_file(out_);
    ended.err = read_file(err_);
    return ended;
  }

 private:
  pid_t pid_ = -1;
  std::string out_;
  std::string err_;
};

inline Ended run_program(std::vector<std::string> words, const Folder& folder,
                         const std::string& input = {}) {
  return Started(std::move(words), folder, input).wait();
}

}  // namespace pantau
