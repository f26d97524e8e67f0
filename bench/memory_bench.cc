// The most memory that a sweep needs.
//
// Measured in a process of its own, because this one holds whole archives. What is mapped from
// files (the roster's index, the program itself) is told apart: the system takes it back when
// it needs it.
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

#include "bench/benchmarks.h"
#include "bench/measure.h"
#include "bench/runs.h"

namespace pantau::bench {
namespace {

// A line of /proc/self/status, "VmHWM:     1234 kB".
std::uint64_t status_bytes(std::string_view key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(key)) return std::stoull(line.substr(key.size() + 1)) * 1024;
  }
  give_up("/proc/self/status tells no memory");
}

struct Close {
  void operator()(std::FILE* pipe) const { ::pclose(pipe); }
};

void memory(benchmark::State& state, Material& material, Mix mix, unsigned threads) {
  const Settings& settings = material.settings();
  material.engine(settings.patterns);  // makes the files
  material.archive_path(mix);
  std::string command = "exec /proc/" + std::to_string(::getpid()) + "/exe --only-sweep ";
  command.append(name_of(mix)).append(" --only-threads ").append(std::to_string(threads));
  command += " --corpus '" + settings.folder + "' --seed " + std::to_string(settings.seed);
  command += " --records " + std::to_string(settings.records);
  command += " --roster " + std::to_string(settings.roster);
  command += " --patterns " + std::to_string(settings.patterns);
  double peak = 0;
  double files = 0;
  for (auto _ : state) {
    const std::unique_ptr<std::FILE, Close> pipe(::popen(command.c_str(), "r"));
    if (!pipe || std::fscanf(pipe.get(), "%lf %lf", &peak, &files) != 2) {
      return tell_wrong_answer(state, "a sweep in another process failed");
    }
  }
  state.counters["peak_MB"] = peak / 1e6;
  state.counters["files_MB"] = files / 1e6;
  state.counters["own_MB"] = (peak - files) / 1e6;
}

}  // namespace

int sweep_and_tell_memory(Material& material, const std::string& mix, unsigned threads) {
  const std::optional<Mix> known = mix_named(mix);
  if (!known) give_up("unknown mix " + mix);
  const Engine& engine = material.engine(material.settings().patterns);
  const Answer answer =
      sweep_file(engine, material.archive_path(*known), SweepRun{threads}, Hash::Unwanted);
  std::printf("%llu %llu\n", static_cast<unsigned long long>(status_bytes("VmHWM")),
              static_cast<unsigned long long>(status_bytes("RssFile")));
  return answer.records == material.settings().records ? 0 : 1;
}

void register_memory_benchmarks(Material& material) {
  for (const Mix mix : {Mix::National, Mix::Timeline}) {
    for (const unsigned threads : {1U, 2U}) {
      const std::string name =
          "memory/" + std::string(name_of(mix)) + "/threads:" + std::to_string(threads);
      benchmark::RegisterBenchmark(name.c_str(),
                                   [&material, mix, threads](benchmark::State& state) {
                                     memory(state, material, mix, threads);
                                   })
          ->Iterations(1)
          ->Unit(benchmark::kMillisecond);
    }
  }
}

}  // namespace pantau::bench
