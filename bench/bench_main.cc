// pantau_bench: how fast a sweep and its stages are, against simdjson reading the same bytes.
// Options of its own come first; those of Google Benchmark (--benchmark_…) work as ever.
#include <benchmark/benchmark.h>

#include <CLI/CLI.hpp>
#include <vector>

#include "bench/benchmarks.h"
#include "bench/measure.h"

int main(int argc, char** argv) {
  using namespace pantau::bench;
  // Behind the program's name, so that what is typed stands instead.
  std::vector<char*> arguments(argv, argv + argc);
  std::string min_time = "--benchmark_min_time=0.1";
  arguments.insert(arguments.begin() + 1, min_time.data());
  argc++;
  argv = arguments.data();
  benchmark::Initialize(&argc, argv);
  Settings settings;
  CLI::App app("Times of a sweep and its stages, and their ratio to simdjson's");
  app.add_option("--corpus", settings.folder, "folder of corpora, filled as needed and kept");
  app.add_option("--records", settings.records, "records of each archive")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--roster", settings.roster, "accounts of the roster")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--patterns", settings.patterns, "patterns of the usual pack")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--seed", settings.seed, "another seed, another world")->capture_default_str();
  std::string only_mix;
  unsigned only_threads = 1;
  app.add_option("--only-sweep", only_mix, "one sweep over this mix; tells its peak memory");
  app.add_option("--only-threads", only_threads, "threads of that sweep");
  CLI11_PARSE(app, argc, argv);
  Material material(settings);
  if (!only_mix.empty()) return sweep_and_tell_memory(material, only_mix, only_threads);
  register_sweep_benchmarks(material);
  register_stage_benchmarks(material);
  register_pattern_benchmarks(material);
  register_text_work_benchmarks(material);
  register_memory_benchmarks(material);
  benchmark::RunSpecifiedBenchmarks();
  return all_answers_agreed() ? 0 : 1;
}
