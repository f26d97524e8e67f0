#include "pipeline/evidence/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <set>

#include "classifiers/base/time.h"
#include "pipeline/evidence/json_text.h"
#include "pipeline/evidence/mask.h"
#include "pipeline/output/sha256.h"

namespace pantau {
namespace {

constexpr std::string_view kUnknown = "—";
constexpr std::string_view kToFill = "…………………………";  // by hand

constexpr std::array<std::string_view, 7> kDays = {"Minggu", "Senin", "Selasa", "Rabu",
                                                   "Kamis",  "Jumat", "Sabtu"};
constexpr std::array<std::string_view, 12> kMonths = {
    "Januari", "Februari", "Maret",     "April",   "Mei",      "Juni",
    "Juli",    "Agustus",  "September", "Oktober", "November", "Desember"};

// "Rabu, 27 November 2024 (2024-11-27T00:00:00Z)": the day as people there have it, and the
// instant.
std::string when(std::string_view time, const TimeZone& zone) {
  const std::optional<Instant> instant = parse_rfc3339(time);
  if (!instant) return std::string(time);
  const Day day = zone.day_of(*instant);
  const std::chrono::year_month_day date(day);
  return fmt::format("{}, {} {} {} ({})", kDays[std::chrono::weekday(day).c_encoding()],
                     static_cast<unsigned>(date.day()),
                     kMonths[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), time);
}

std::string joined(const std::set<std::string>& words) {
  std::string result;
  for (const std::string& word : words) {
    if (word.empty()) continue;
    if (!result.empty()) result += ", ";
    result += word;
  }
  return result;
}

std::string act_in_words(std::string_view kind) {
  if (kind == "post") return "unggahan (post)";
  if (kind == "comment") return "komentar (comment)";
  if (kind == "share") return "membagikan (share)";
  if (kind == "like") return "menyukai (like)";
  if (kind == "follow") return "mengikuti / bergabung (follow)";
  return std::string(kind);
}

// A text cut at the borders of its spans. Spans may overlap.
std::vector<ReportRun> runs_of(std::string_view text, std::span<const CaseSpan> spans) {
  std::vector<std::size_t> cuts = {0, text.size()};
  for (const CaseSpan& span : spans) {
    cuts.push_back(std::min<std::size_t>(span.start, text.size()));
    cuts.push_back(std::min<std::size_t>(span.end, text.size()));
  }
  std::ranges::sort(cuts);
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  std::vector<ReportRun> runs;
  for (std::size_t i = 0; i + 1 < cuts.size(); i++) {
    const bool is_marked = std::ranges::any_of(
        spans, [at = cuts[i]](const CaseSpan& span) { return span.start <= at && at < span.end; });
    runs.push_back({shown(text.substr(cuts[i], cuts[i + 1] - cuts[i])), is_marked});
  }
  return runs;
}

class Form {
 public:
  Form(const CaseFile& file, BagKind kind)
      : file_(file), kind_(kind), mask_(kind == BagKind::Sealed ? Mask() : Mask(file)) {
    if (const Result<TimeZone> zone = TimeZone::find(file.timezone)) zone_ = *zone;
  }

  Report make() {
    report_.title_id = "Laporan Hasil Pengawasan: Dugaan Pelanggaran Netralitas";
    report_.title_en = "Report of supervision: suspected breach of neutrality";
    report_.number = file_.number;
    report_.made_at = file_.exported_at;
    supervisor();
    activity();
    summary();
    people();
    for (std::size_t i = 0; i < file_.items.size(); i++) item(i);
    identity();
    decisions();
    closing();
    return std::move(report_);
  }

 private:
  void section(std::string title_id, std::string title_en) {
    report_.sections.push_back({std::move(title_id), std::move(title_en), {}});
  }

  void add(ReportEntry entry) { report_.sections.back().entries.push_back(std::move(entry)); }

  void field(std::string_view label_id, std::string_view label_en, std::string_view value) {
    const std::string text = value.empty() ? std::string(kUnknown) : shown(value);
    add({ReportEntry::Kind::Field, std::string(label_id), std::string(label_en), {{text, false}}});
  }

  void text(std::string_view words) {
    add({ReportEntry::Kind::Text, "", "", {{shown(words), false}}});
  }

  void heading(std::string_view id, std::string_view en) {
    add({ReportEntry::Kind::Heading, shown(id), shown(en), {}});
  }

  std::string person(std::string_view staff) const {
    for (const CaseStaff& known : file_.staff) {
      if (known.staff == staff && !known.full_name.empty()) {
        return fmt::format("{} ({})", known.full_name, staff);
      }
    }
    return std::string(staff);
  }

  std::set<std::string> stages() const {
    std::set<std::string> stages;
    for (const CaseItem& item : file_.items) {
      for (const CaseExplanation& why : item.explanations) stages.insert(why.stage);
    }
    return stages;
  }

  void supervisor() {
    section("I. Data Pengawas", "I. Supervisor");
    std::set<std::string> roles;
    for (const CaseStaff& staff : file_.staff) {
      if (staff.staff == file_.exported_by) roles.insert(staff.roles.begin(), staff.roles.end());
    }
    field("Tahapan yang diawasi", "Stage supervised", joined(stages()));
    field("Instansi", "Office", file_.office.organisation);
    field("Nama pelaksana tugas", "Name", person(file_.exported_by));
    field("Jabatan / peran", "Position / role", joined(roles));
    field("Nomor surat perintah tugas", "Assignment",
          file_.office.assignment.empty() ? file_.mandate : file_.office.assignment);
    field("Alamat", "Address", file_.office.address);
  }

  void activity() {
    section("II. Kegiatan Pengawasan", "II. Supervision");
    std::set<std::string> platforms;
    std::set<std::string> days;
    for (const CaseItem& item : file_.items) {
      platforms.insert(item.platform);
      if (!item.found_at.empty()) days.insert(item.found_at);
    }
    field("Bentuk", "Form", "Tidak langsung: pemantauan tindakan publik di media sosial");
    field("Tujuan", "Purpose",
          "Mencegah dan menemukan dugaan pelanggaran netralitas aparatur negara");
    field("Sasaran", "Object", "Akun aparatur negara yang terdaftar, dan akun kampanye");
    field("Waktu", "Time",
          days.empty() ? ""
                       : when(*days.begin(), zone_) +
                             (days.size() > 1 ? " s.d. " + when(*days.rbegin(), zone_) : ""));
    field("Tempat", "Place", joined(platforms));
    field("Pemilihan", "Contest",
          file_.candidate.contest_title.empty() ? file_.candidate.contest
                                                : file_.candidate.contest_title);
    field("Dasar", "Mandate", file_.mandate);
  }

  void summary() {
    section("III. Uraian Singkat Hasil Pengawasan", "III. Summary");
    text(fmt::format(
        "Ditemukan {} tindakan publik yang menimbulkan dugaan pelanggaran netralitas terkait {}. "
        "{}Laporan ini memuat dugaan, bukan putusan.",
        file_.items.size(), target(),
        is_seen_by_two() ? "Setiap tindakan diperiksa oleh sedikitnya dua orang. " : ""));
    text(fmt::format("{} public act(s) give rise to a suspicion; this report decides nothing.",
                     file_.items.size()));
    if (kind_ == BagKind::Copy) {
      text(
          "SALINAN: nama, NIP, akun dan alamat disamarkan (●●●, *). Naskah asli yang lengkap ada "
          "pada berkas tersegel. / COPY: names, NIP, accounts and addresses are masked.");
    }
  }

  bool is_seen_by_two() const {
    return std::ranges::all_of(file_.items, [](const CaseItem& item) {
      std::set<std::string> staff;
      for (const CaseDecision& decision : item.decisions) {
        if (decision.undone_at.empty()) staff.insert(decision.staff);
      }
      return staff.size() >= 2;
    });
  }

  std::string target() const {
    const CaseCandidate& candidate = file_.candidate;
    if (candidate.candidate.empty() && candidate.candidate_name.empty()) return "pemilihan ini";
    return fmt::format("calon {} {}", candidate.candidate, candidate.candidate_name);
  }

  void people() {
    section("IV. Informasi Dugaan Pelanggaran", "IV. Suspected breach");
    heading("Terduga", "Person concerned");
    field("Nama", "Name", mask_.whole(file_.subject.name));
    field("NIP", "Staff number", mask_.whole(file_.subject.nip));
    field("Kode", "Code", file_.subject.id);
    field("Status", "Category", file_.subject.category);
    field("Jabatan", "Position", mask_.whole(file_.subject.position));
    field("Instansi", "Agency", file_.subject.agency);
    field("Wilayah", "Region", file_.subject.region);
    field("Calon / pasangan calon", "Candidate", target());
    field("Saksi", "Witnesses", kToFill);
  }

  void item(std::size_t index) {
    const CaseItem& item = file_.items[index];
    heading(fmt::format("Peristiwa {}: {}", index + 1, act_in_words(item.kind)),
            fmt::format("Event {}", index + 1));
    const auto record = JsonText::parse(item.record);
    const JsonNode root = record ? record->root() : JsonNode();
    field("Tempat kejadian", "Place", item.platform);
    field("Alamat publik", "Public address", mask_.whole(root["url"].string()));
    field("Akun", "Account",
          mask_.whole(root["actor"]["handle"].is_absent() ? root["actor"]["id"].text()
                                                          : root["actor"]["handle"].text()));
    field("Kepemilikan akun", "Ownership of the account",
          item.basis.empty() ? item.ownership
                             : fmt::format("{} ({})", item.ownership, mask_.whole(item.basis)));
    field("Hari & tanggal kejadian", "Happened", when(item.acted_at, zone_));
    field("Hari & tanggal diketahui", "Became known", when(item.found_at, zone_));
    field("Batas waktu", "Due", when(item.due_at, zone_));
    if (!item.deleted_at.empty()) field("Dihapus", "Deleted", when(item.deleted_at, zone_));
    if (!item.text.empty()) {
      const std::vector<CaseSpan> spans = spans_of(item);
      add({ReportEntry::Kind::Act, "Kata-kata", "Words",
           runs_of(mask_.act(item.text, spans), spans)});
    }
    analysis(item);
    for (const CaseFact& fact : item.facts) {
      field("Fakta & keterangan", "Fact",
            fmt::format("{} {}; {}, {}", fact.fact, mask_.whole(fact.note), person(fact.staff),
                        when(fact.at, zone_)));
    }
    for (const CaseEvent& event : item.events) {
      field(
          "Kemudian", "Later",
          fmt::format("{} {}; {}", event.event, when(event.at, zone_), mask_.whole(event.reason)));
    }
    proof(item, index);
  }

  void analysis(const CaseItem& item) {
    for (const CaseExplanation& why : item.explanations) {
      field("Analisis", "Analysis",
            fmt::format("{} [{}/{}]; tahapan {}, kelas {}, kaitan {} {}",
                        why.title_id.empty() ? why.title_en : why.title_id, why.pack, why.rule,
                        why.stage, why.stage_class, why.via, why.account_type));
      for (const CaseProposal& proposal : why.proposes) {
        field(
            "Dugaan pelanggaran", "Suspected breach of",
            fmt::format(
                "{}: {}{}{}", proposal.item, proposal.wording,
                proposal.legal_basis.empty() ? "" : "; dasar: " + proposal.legal_basis,
                proposal.sanction.empty() ? "" : "; ancaman, bila terbukti: " + proposal.sanction));
      }
    }
  }

  void proof(const CaseItem& item, std::size_t index) {
    field("Alat bukti", "Evidence",
          fmt::format("data/items/{:04}/received.bin, {} bita, SHA-256 {}{}", index + 1,
                      item.received.size(), sha256_hex(item.received),
                      kind_ == BagKind::Copy ? " (hanya pada naskah asli tersegel)" : ""));
    if (!item.capture) return;
    const CaseCapture& capture = *item.capture;
    field("Cara perolehan", "Obtained",
          fmt::format("HTTP {}, diterima {}, jam server {}, selisih {}", capture.status,
                      capture.received_at,
                      capture.server_time.empty() ? kUnknown : capture.server_time,
                      capture.clock_ms ? fmt::format("{} ms", *capture.clock_ms) : kUnknown));
  }

  void identity() {
    section("V. Identitas Pemilik Akun", "V. Whose account it is");
    if (file_.identity.empty()) {
      text(
          "Tidak ada langkah tersendiri; lihat kepemilikan akun di tiap peristiwa. / No step of "
          "its own; see each event.");
    }
    for (const CaseIdentityStep& step : file_.identity) {
      field(step.platform, "Account", mask_.whole(step.account));
      field("Keterangan", "Statement", mask_.whole(step.description));
      field("Oleh", "By", fmt::format("{}, {}", person(step.staff), when(step.at, zone_)));
      field("SHA-256", "Evidence", step.evidence_sha256);
    }
  }

  void decisions() {
    section("VI. Riwayat Pemeriksaan", "VI. Review");
    for (std::size_t i = 0; i < file_.items.size(); i++) {
      for (const CaseDecision& decision : file_.items[i].decisions) {
        std::string proposes;
        for (const std::string& item : decision.proposes) proposes += ' ' + item;
        field(fmt::format("Peristiwa {}: {}", i + 1, decision.action), "Decision",
              fmt::format("{}, {} {}{} {}{}", person(decision.staff), when(decision.at, zone_),
                          decision.reason, proposes, mask_.whole(decision.note),
                          decision.undone_at.empty() ? "" : "; dibatalkan " + decision.undone_at));
      }
    }
    field("Catatan penanganan", "Custody log",
          fmt::format("{} baris: data/log/custody.jsonl", file_.custody.size()));
  }

  void closing() {
    section("VII. Potensi Sengketa dan Pengesahan", "VII. Dispute and signature");
    field("Informasi potensi sengketa", "Potential dispute", kToFill);
    if (file_.handover) {
      field("Diteruskan kepada", "Handed over to",
            fmt::format("{}, nomor {}, {}", file_.handover->to, file_.handover->number,
                        when(file_.handover->at, zone_)));
    }
    field("Tempat, tanggal", "Place, date",
          fmt::format("{}, {}", file_.office.place.empty() ? kToFill : file_.office.place,
                      when(file_.exported_at, zone_)));
    field("Tanda tangan", "Signature", kToFill);
    field("Dibuat dengan", "Made with", file_.program_version);
    text(
        "Keutuhan berkas diperiksa menurut README-VERIFIKASI.txt. / README-VERIFIKASI.txt tells "
        "how to check that nothing was changed.");
  }

  const CaseFile& file_;
  BagKind kind_;
  Mask mask_;
  TimeZone zone_ = TimeZone::utc();
  Report report_;
};

}  // namespace

Report make_report(const CaseFile& file, BagKind kind) {
  return Form(file, kind).make();
}

}  // namespace pantau
