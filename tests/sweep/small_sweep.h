// A sweep of four lines, whose parts a test can break one by one.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/sweep/program.h"

namespace pantau {

inline const std::string kHeader =
    "subject_id,name,nip,category,agency,position,region,platform,account_id,handle,ownership,"
    "basis,valid_from,valid_to\n";

class SmallSweep : public testing::Test {
 protected:
  void SetUp() override {
    write("sweep.toml",
          "[sweep]\nid = \"s\"\nmandate = \"ST 1\"\ntimezone = \"Asia/Makassar\"\n"
          "contests = \"contests.toml\"\nrules = [\"rules.toml\"]\nroster = \"roster.csv\"\n"
          "campaign = \"campaign.csv\"\nqueue = \"sqlite:queue.sqlite\"\n"
          "records = [\"records.ndjson\"]\n");
    write("contests.toml",
          "[[contest]]\nid = \"c\"\ntype = \"pilbup\"\nregion = \"63.08\"\n"
          "timezone = \"Asia/Makassar\"\ndetermination = 2024-09-22\nnumber_draw = 2024-09-23\n"
          "campaign = [2024-09-25, 2024-11-23]\nquiet = [2024-11-24, 2024-11-26]\n"
          "voting = 2024-11-27\n[[contest.candidate]]\nid = \"1\"\nnumber = 1\n"
          "names = [\"Ahmad Fulan\"]\n");
    write("rules.toml", rules(2));
    write("roster.csv", kHeader + "S-1,Nama,1,pns,D,P,63.08,x,11,guru,declared,SK 1,,\n");
    write("campaign.csv",
          "contest_id,candidate_id,platform,account_id,handle,account_type,valid_from,valid_to\n"
          "c,1,x,99,fulan,registered,,\n");
    write("records.ndjson", like(1) + like(2) + like(3) + post("Ayo coblos Ahmad Fulan"));
  }

  static std::string rules(int quota) {
    return "[pack]\nid = \"p\"\nversion = \"1\"\n[[pattern]]\nname = \"ajakan\"\n"
           "re = ['\\bcoblos\\b']\n[[rule]]\nid = \"suka\"\ntitle = { id = \"Suka\" }\n"
           "kinds = [\"like\"]\nlink = \"target\"\nlevel = \"low\"\nflags_per_day_max = " +
           std::to_string(quota) +
           "\n[[rule]]\nid = \"ajakan\"\ntitle = { id = \"Ajakan\" }\nkinds = [\"post\"]\n"
           "link = \"mention\"\nany = [\"ajakan\"]\nlevel = \"high\"\n";
  }

  static std::string like(int object) {
    return R"({"platform":"x","kind":"like","actor":{"id":"11"},"target":{"handle":"@Fulan"},)"
           R"("object_id":)" +
           std::to_string(object) + R"(,"observed_at":"2024-10-01T08:00:00+08:00"})" + "\n";
  }

  static std::string post(const std::string& text) {
    return R"({"platform":"x","kind":"post","id":"7","actor":{"handle":"GURU"},"text":")" + text +
           R"(","created_at":"2024-10-01T08:00:00+08:00","observed_at":"2024-10-02T00:00:00Z"})" +
           "\n";
  }

  void write(const std::string& name, std::string_view text) { write_file(folder_ / name, text); }

  Folder folder_;
};

}  // namespace pantau
