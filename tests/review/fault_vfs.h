// A disk that fails when it is told to.
//
// SQLite reaches the disk through a table of functions. This table stands before
// the system's and counts the calls that change something (write, truncate, sync,
// delete); at the chosen call it does what the test wants. So a test can try
// every call there is, one by one.
//
// It is for a child process that ends soon: it becomes the default for all databases
// of the process and is never taken out again.
#pragma once

#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <new>
#include <random>
#include <string>
#include <vector>

namespace pantau {

enum class DiskFault : unsigned char {
  None,          // only counts
  Full,          // SQLITE_FULL, from the chosen call on
  WriteError,    // SQLITE_IOERR, from the chosen call on
  Kill,          // SIGKILL before the call
  PowerCut,      // SIGKILL, and whatever was not synced is gone
  TornPowerCut,  // SIGKILL; of what was not synced some writes are gone, some halved
};

class FaultDisk {
 public:
  // Counts from 1 from now on; call number `at` fails.
  static void arm(DiskFault fault, int at) {
    FaultDisk& disk = instance();
    disk.fault_ = fault;
    disk.at_ = at;
    disk.calls_ = 0;
  }
  static int calls() { return instance().calls_; }

  // Puts in place what a power cut left, after the process has died.
  static void restore(const std::string& database) {
    namespace fs = std::filesystem;
    for (const std::string& file : {database, database + "-wal"}) {
      if (fs::exists(file + kKept)) fs::rename(file + kKept, file);
    }
    fs::remove(database + "-shm");  // memory
  }

 private:
  struct Write {
    sqlite3_int64 offset;
    std::string bytes;
  };
  struct File {
    sqlite3_file base;
    sqlite3_file* real;
    std::string* path;  // of a file whose content counts, else null
  };
  static constexpr const char* kKept = ".kept";  // beside a file: what is on the disk for sure

  static FaultDisk& instance() {
    static FaultDisk disk;
    return disk;
  }

  FaultDisk() : system_(sqlite3_vfs_find(nullptr)), vfs_(*system_) {
    vfs_.zName = "fault";
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + system_->szOsFile;
    vfs_.xOpen = open;
    vfs_.xDelete = remove;
    sqlite3_vfs_register(&vfs_, 1);
  }

  // Counts a call; the code with which it fails, or SQLITE_OK.
  int count() {
    calls_++;
    if (fault_ == DiskFault::None || calls_ < at_) return SQLITE_OK;
    if (fault_ == DiskFault::Full) return SQLITE_FULL;
    if (fault_ == DiskFault::WriteError) return SQLITE_IOERR;
    if (fault_ == DiskFault::TornPowerCut) tear();
    ::kill(::getpid(), SIGKILL);
    std::abort();
  }

  // The disk may have taken any of the writes that nobody waited for, in any order.
  void tear() {
    std::mt19937 random(static_cast<unsigned>(at_));
    for (const auto& [path, writes] : unsynced_) {
      std::fstream kept(path + kKept, std::ios::binary | std::ios::in | std::ios::out);
      for (const Write& write : writes) {
        const auto fate = random() % 3;
        if (fate == 0) continue;
        const std::size_t size = fate == 1 ? write.bytes.size() : write.bytes.size() / 2;
        kept.seekp(write.offset);
        kept.write(write.bytes.data(), static_cast<std::streamsize>(size));
      }
    }
  }

  static void keep(const std::string& path) {
    std::filesystem::copy_file(path, path + kKept,
                               std::filesystem::copy_options::overwrite_existing);
    instance().unsynced_[path].clear();
  }

  static File* of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
  static sqlite3_file* real(sqlite3_file* file) { return of(file)->real; }

  static int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    File* const opened = new (file) File{};
    opened->real = reinterpret_cast<sqlite3_file*>(opened + 1);
    sqlite3_vfs* const system = instance().system_;
    const int code = system->xOpen(system, name, opened->real, flags, out_flags);
    if (code != SQLITE_OK) return code;
    static const sqlite3_io_methods methods = make_methods();
    opened->base.pMethods = &methods;
    if ((flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) != 0) {
      opened->path = new std::string(name);
      if (!std::filesystem::exists(*opened->path + kKept)) keep(*opened->path);
    }
    return SQLITE_OK;
  }

  static int remove(sqlite3_vfs*, const char* name, int sync_folder) {
    const int code = instance().count();
    if (code != SQLITE_OK) return code;
    std::filesystem::remove(std::string(name) + kKept);
    sqlite3_vfs* const system = instance().system_;
    return system->xDelete(system, name, sync_folder);
  }

  static int close(sqlite3_file* file) {
    const int code = real(file)->pMethods->xClose(real(file));
    delete of(file)->path;
    return code;
  }

  static int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    const int code = instance().count();
    if (code != SQLITE_OK) return code;
    if (of(file)->path != nullptr && instance().fault_ == DiskFault::TornPowerCut) {
      instance().unsynced_[*of(file)->path].push_back(
          {offset, std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size))});
    }
    return real(file)->pMethods->xWrite(real(file), bytes, size, offset);
  }

  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    const int code = instance().count();
    return code != SQLITE_OK ? code : real(file)->pMethods->xTruncate(real(file), size);
  }

  static int sync(sqlite3_file* file, int flags) {
    const int failure = instance().count();
    if (failure != SQLITE_OK) return failure;
    const int code = real(file)->pMethods->xSync(real(file), flags);
    if (code == SQLITE_OK && of(file)->path != nullptr) keep(*of(file)->path);
    return code;
  }

  // Version 2: with shared memory, without memory-mapped files, past which the
  // writes would go unseen.
  static sqlite3_io_methods make_methods() {
    sqlite3_io_methods methods{};
    methods.iVersion = 2;
    methods.xClose = close;
    methods.xWrite = write;
    methods.xTruncate = truncate;
    methods.xSync = sync;
    methods.xRead = [](sqlite3_file* f, void* to, int size, sqlite3_int64 offset) {
      return real(f)->pMethods->xRead(real(f), to, size, offset);
    };
    methods.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
      return real(f)->pMethods->xFileSize(real(f), size);
    };
    methods.xLock = [](sqlite3_file* f, int lock) {
      return real(f)->pMethods->xLock(real(f), lock);
    };
    methods.xUnlock = [](sqlite3_file* f, int lock) {
      return real(f)->pMethods->xUnlock(real(f), lock);
    };
    methods.xCheckReservedLock = [](sqlite3_file* f, int* reserved) {
      return real(f)->pMethods->xCheckReservedLock(real(f), reserved);
    };
    methods.xFileControl = [](sqlite3_file* f, int what, void* argument) {
      return real(f)->pMethods->xFileControl(real(f), what, argument);
    };
    methods.xSectorSize = [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); };
    methods.xDeviceCharacteristics = [](sqlite3_file* f) {
      return real(f)->pMethods->xDeviceCharacteristics(real(f));
    };
    methods.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** to) {
      return real(f)->pMethods->xShmMap(real(f), page, size, extend, to);
    };
    methods.xShmLock = [](sqlite3_file* f, int offset, int n, int flags) {
      return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
    };
    methods.xShmBarrier = [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); };
    methods.xShmUnmap = [](sqlite3_file* f, int also_delete) {
      return real(f)->pMethods->xShmUnmap(real(f), also_delete);
    };
    return methods;
  }

  sqlite3_vfs* system_;
  sqlite3_vfs vfs_;
  DiskFault fault_ = DiskFault::None;
  int at_ = 0;
  int calls_ = 0;
  std::map<std::string, std::vector<Write>> unsynced_;
};

}  // namespace pantau
