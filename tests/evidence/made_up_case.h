// A case that never was: made-up people, accounts and words.
#pragma once

#include <fmt/format.h>

#include "pipeline/evidence/case_file.h"
#include "pipeline/output/json_writer.h"
#include "pipeline/output/sha256.h"

namespace pantau {

// A row as an audit log makes it: what is hashed holds the hash of the row before.
inline CustodyRow made_up_row(std::uint64_t seq, const std::string& prev, const std::string& action,
                              const std::string& object) {
  CustodyRow row;
  row.seq = seq;
  row.at = fmt::format("2024-11-{:02}T03:00:00Z", seq % 28 + 1);
  row.staff = seq % 2 == 0 ? "rini" : "joko";
  row.action = action;
  row.object = object;
  row.detail = R"({"note":"Budi Santosa Karyadi"})";
  row.prev = prev;
  row.canonical = fmt::format("[{},\"{}\",\"{}\",\"{}\",\"{}\",{},\"{}\"]", row.seq, row.at,
                              row.staff, row.action, row.object, row.detail, row.prev);
  row.hash = sha256_hex(row.canonical);
  return row;
}

inline std::string made_up_record(const std::string& id, const std::string& text) {
  std::string json = "{\"platform\":\"mastodon\",\"kind\":\"comment\",\"id\":\"" + id +
                     "\",\"actor\":{\"id\":\"770011\",\"handle\":\"budi.karyadi\",\"name\":\"Budi "
                     "Santosa\"},\"target\":{\"handle\":\"tetangga.ria\"},\"text\":";
  append_json_string(json, text);
  json += ",\"created_at\":\"2024-11-20T01:00:00Z\",\"observed_at\":\"2024-11-21T01:00:00Z\"," +
          ("\"url\":\"https://contoh.example/@budi.karyadi/" + id + "\"}");
  return json;
}

inline CaseItem made_up_item(std::uint64_t number, const std::string& text,
                             const std::vector<CaseSpan>& spans) {
  CaseItem item;
  item.item = number;
  const std::string id = std::to_string(9000 + number);
  item.key = "mastodon/comment/" + id;
  item.state = "confirmed";
  item.level = "high";
  item.platform = "mastodon";
  item.kind = "comment";
  item.acted_at = "2024-11-20T01:00:00Z";
  item.found_at = "2024-11-21T02:00:00Z";
  item.due_at = "2024-11-28T02:00:00Z";
  item.sweep = "hsu-2024";
  item.mandate = "ST-12/2024";
  item.ownership = "declared";
  item.basis = "BKPSDM 800/12/2024";
  item.text = text;
  item.record = made_up_record(id, text);
  item.received = item.record + '\n';
  item.flag = "{\"key\":\"" + item.key + "\",\"record\":" + item.record +
              ",\"subject\":{\"id\":\"S-000123\",\"category\":\"pns\"},\"level\":\"high\"," +
              "\"source\":{\"file\":\"records.ndjson\",\"line\":17,\"sha256\":\"" +
              sha256_hex(item.received) + "\"}}";
  item.explanations = {{"ajakan",
                        "skb-2022@2024.1",
                        "Ajakan memilih",
                        "Call to vote",
                        "high",
                        "mention",
                        "mention",
                        "pilbup-hsu-2024",
                        "1",
                        "",
                        "campaign",
                        "discipline",
                        {{"DS-2", "Memberikan dukungan di media sosial", "PP 94/2021", "berat"}},
                        spans}};
  item.decisions = {
      {1,
       "2024-11-22T02:00:00Z",
       "joko",
       "propose",
       "",
       "tetangga Budi Santosa Karyadi",
       {},
       "",
       ""},
      {2, "2024-11-22T05:00:00Z", "rini", "confirm", "", "", {"DS-2"}, "lebih tepat", ""}};
  item.facts = {{"spouse", "istri calon", "rini", "2024-11-22T05:01:00Z"}};
  return item;
}

inline CaseFile made_up_case() {
  CaseFile file;
  file.number = "case-2024-000123";
  file.state = "open";
  file.opened_at = "2024-11-22T05:00:00Z";
  file.mandate = "ST-12/2024";
  file.timezone = "Asia/Makassar";
  file.subject = {"S-000123", "Budi Santosa Karyadi", "198001012005011003",
                  "pns",      "Dinas Contoh",         "Kepala Bidang Contoh",
                  "63.08"};
  file.candidate = {"pilbup-hsu-2024", "Pilbup Contoh 2024", "1", "Ahmad Fulan"};
  file.office = {"Bawaslu Kabupaten Contoh", "Jalan Contoh 1", "ST-12/2024", "Contoh"};
  // "coblos nomor 1" and the handle of the candidate are what was matched.
  const std::string text =
      "Ayo coblos nomor 1 @ahmad.fulan \xF0\x9F\x91\x8D <script>alert(1)</script> "
      "kata @tetangga.ria dan Budi";
  file.items = {made_up_item(1, text, {{"ajakan", 4, 18}, {"@mention", 19, 31}}),
                made_up_item(2, "pilih nomor 1 ya", {{"ajakan", 0, 13}})};
  CaseCapture capture;
  capture.request = "https://contoh.example/api/v1/accounts/770011/statuses";
  capture.status = 200;
  capture.headers = "content-type: application/json\ndate: Thu, 21 Nov 2024 02:00:00 GMT\n";
  capture.received_at = "2024-11-21T02:00:00.25Z";
  capture.server_time = "2024-11-21T02:00:00Z";
  capture.clock_ms = -250;
  capture.body_sha256 = sha256_hex("the whole answer");
  capture.body_bytes = 16;
  capture.received_sha256 = sha256_hex(file.items[0].received);
  file.items[0].capture = capture;
  file.items[1].events = {{"edited", "2024-11-23T00:00:00Z", "2024-11-23T01:00:00Z",
                           "edited, and still flagged", file.items[1].flag, "edited bytes\n"}};
  file.rules = {{"skb-2022", "2024.1", "[pack]\nname = \"skb-2022\"\n"}};
  const std::string scan = "scan of a declaration by Budi Santosa Karyadi";
  file.identity = {{"mastodon", "budi.karyadi", "diakui di bawah sumpah oleh Budi", "rini",
                    "2024-11-23T04:00:00Z", "text/plain", scan, sha256_hex(scan)}};
  file.custody = {made_up_row(7, std::string(kSha256HexSize, 'a'), "read", "item:1")};
  file.custody.push_back(made_up_row(8, file.custody[0].hash, "decide", "item:1"));
  file.custody.push_back(made_up_row(12, std::string(kSha256HexSize, 'b'), "export", "case:1"));
  file.staff = {{"joko", "Joko Contoh", {"analyst"}},
                {"rini", "Rini Contoh", {"second_reviewer", "case_handler"}}};
  file.program_version = "pantau 0.1.0";
  file.exported_by = "rini";
  file.exported_at = "2024-11-24T06:00:00Z";
  return file;
}

}  // namespace pantau
