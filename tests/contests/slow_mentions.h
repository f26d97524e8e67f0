// The slow twin of MentionFinder: every name at every word, every hashtag in every '#word', one
// expression over the whole text for its numbers. As fast as must be for lists of hundreds, and
// with nothing in it that nominates.
#pragma once

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "classifiers/contests/mentions.h"
#include "classifiers/text/words.h"

namespace pantau {

class SlowMentions {
 public:
  SlowMentions(const ContestList& contests, const std::vector<CandidateHandle>& handles)
      : contests_(contests), handles_(handles) {
    for (ContestIndex c = 0; c < contests.size(); c++) {
      for (CandidateIndex k = 0; k < contests[c].candidates.size(); k++) {
        const Candidate& candidate = contests[c].candidates[k];
        for (const std::string& name : candidate.names) add_name(name, {c, k, false, {}});
        for (const std::string& slogan : candidate.slogans) add_name(slogan, {c, k, true, {}});
        for (const std::string& hashtag : candidate.hashtags) {
          const std::string plain = folded(hashtag);
          hashtags_.push_back({{plain.substr(plain.starts_with('#') ? 1 : 0)},
                               {c, k, false, {}, MentionKind::Hashtag}});
        }
      }
    }
  }

  std::vector<Mention> find(const FoldedView& plain, const FoldedView* undisguised,
                            const MentionContext& context) const {
    std::vector<Mention> mentions = find_in(plain.text(), context);
    find_handles(plain.text(), context, mentions);
    if (undisguised != nullptr) {
      std::vector<Mention> further;
      for (Mention mention : find_in(undisguised->text(), context)) {
        mention.plain = undisguised->source_of(mention.plain);
        const bool seen = std::ranges::any_of(
            mentions, [&](const Mention& other) { return overlap(other, mention); });
        if (!seen) further.push_back(mention);
      }
      mentions.insert(mentions.end(), further.begin(), further.end());
    }
    return without_lone_slogans(mentions);
  }

  static auto order_of(const Mention& mention) {
    return std::tuple(mention.contest, mention.candidate, mention.slogan, mention.plain.start,
                      mention.plain.end, mention.kind);
  }

 private:
  // A name's parts, or one hashtag, and whose it is.
  struct Owned {
    std::vector<std::string> parts;
    Mention owner;
  };

  // Each between bars; the place of a line is its number, from 1.
  static constexpr std::array<std::string_view, 10> kNumberWords = {
      "|satu|siji|hiji|ciek|i|",
      "|dua|loro|kalih|duo|ii|",
      "|tiga|telu|tilu|talu|tigo|iii|",
      "|empat|papat|opat|ampat|ampek|iv|",
      "|lima|limo|v|",
      "|enam|enem|genep|anam|vi|",
      "|tujuh|pitu|tujuah|vii|",
      "|delapan|wolu|dalapan|lapan|viii|",
      "|sembilan|sanga|salapan|sambilan|ix|",
      "|sepuluh|sapuluh|sapuluah|"};

  static bool overlap(const Mention& a, const Mention& b) {
    return a.contest == b.contest && a.candidate == b.candidate && a.slogan == b.slogan &&
           a.plain.start < b.plain.end && b.plain.start < a.plain.end;
  }

  static std::size_t joint_bytes(std::string_view text, std::size_t at) {
    if (at >= text.size()) return 0;
    if (text[at] == ' ' || text[at] == '-') return 1;
    for (const std::string_view hyphen : {"‐", "‑", "‒", "–", "—", "―", "−"}) {
      if (text.substr(at).starts_with(hyphen)) return hyphen.size();
    }
    return 0;
  }

  void add_name(const std::string& name, const Mention& owner) {
    const std::string plain = folded(name);
    Owned owned{{}, owner};
    bool in_part = false;
    for (std::size_t at = 0; at < plain.size();) {
      const std::size_t joint = joint_bytes(plain, at);
      if (joint == 0 && !in_part) owned.parts.emplace_back();
      if (joint == 0) owned.parts.back() += plain[at];
      in_part = joint == 0;
      at += std::max<std::size_t>(joint, 1);
    }
    names_.push_back(owned);
  }

  // Where the name ends that begins at `at`; `at` if none does.
  static std::size_t name_end(const Owned& name, std::string_view text, std::size_t at) {
    std::size_t end = at;
    for (std::size_t i = 0; i < name.parts.size(); i++) {
      int joints = 0;
      for (; i > 0 && joint_bytes(text, end) > 0; joints++) end += joint_bytes(text, end);
      if (i > 0 && (joints < 1 || joints > 3)) return at;
      if (!text.substr(std::min(end, text.size())).starts_with(name.parts[i])) return at;
      end += name.parts[i].size();
    }
    return word_continues_at(text, end) ? at : end;
  }

  std::vector<Mention> find_in(std::string_view text, const MentionContext& context) const {
    std::vector<Mention> mentions;
    for (ByteRange word = next_word(text, 0); !word.empty(); word = next_word(text, word.end)) {
      for (const Owned& name : names_) {
        const std::size_t end = name_end(name, text, word.start);
        if (end != word.start) add(name.owner, word.start, end, mentions);
      }
      if (word.start == 0 || text[word.start - 1] != '#') continue;
      for (const Owned& hashtag : hashtags_) {
        const std::string_view found = text.substr(word.start, word.end - word.start);
        if (found.find(hashtag.parts[0]) == std::string_view::npos) continue;
        add(hashtag.owner, word.start - 1, word.end, mentions);
      }
    }
    find_phrases(text, context, mentions);
    find_keycaps(text, context, mentions);
    return mentions;
  }

  static void add(Mention mention, std::size_t start, std::size_t end,
                  std::vector<Mention>& mentions) {
    mention.plain = {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
    mentions.push_back(mention);
  }

  void add_number(std::uint32_t number, ByteRange range, const MentionContext& context,
                  std::vector<Mention>& mentions) const {
    for (ContestIndex c = 0; c < contests_.size(); c++) {
      const Contest& contest = contests_[c];
      if (!contest.number_draw || context.time < contest.zone.start_of(*contest.number_draw) ||
          !lies_in(context.subject_region, contest.region)) {
        continue;
      }
      for (CandidateIndex k = 0; k < contest.candidates.size(); k++) {
        if (contest.candidates[k].number == number) {
          mentions.push_back({c, k, false, range, MentionKind::Number});
        }
      }
    }
  }

  void find_phrases(std::string_view text, const MentionContext& context,
                    std::vector<Mention>& mentions) const {
    static const re2::RE2 phrase(
        "\\b(?:(?:paslon|pasangan[ .:#-]{1,3}calon|capres|cagub|cabup|cawali|cawalkot)"
        "(?:[ .:#-]{0,3}(?:nomor|nomer|nmr|no))?|nomor|nomer|nmr|no)"
        "(?:[ .:#-]{0,3}urut)?[ .:#-]{0,3}(0*[0-9]{1,2}|[a-z]{1,8})");
    std::array<re2::StringPiece, 2> groups;
    std::size_t from = 0;
    while (phrase.Match(text, from, text.size(), re2::RE2::UNANCHORED, groups.data(), 2)) {
      const auto start = static_cast<std::size_t>(groups[0].data() - text.data());
      const std::size_t end = start + groups[0].size();
      const std::string number(groups[1]);
      const std::string_view lead = text.substr(start, end - start - number.size());
      const bool whole = !word_continues_before(text, start) && is_whole(text, end, number) &&
                         value_of(number) > 0 && may_stand_behind(lead, number);
      if (whole) {
        add_number(value_of(number),
                   {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)}, context,
                   mentions);
      }
      from = whole ? end : start + 1;
    }
  }

  // 0 of a word that is no number; no candidate has that.
  static std::uint32_t value_of(const std::string& number) {
    if (is_ascii_digit(number[0])) return static_cast<std::uint32_t>(std::stoul(number));
    for (std::uint32_t i = 0; i < kNumberWords.size(); i++) {
      if (kNumberWords[i].find('|' + number + '|') != std::string_view::npos) return i + 1;
    }
    return 0;
  }

  // Roman numbers stand apart, and one letter behind more than "no".
  static bool may_stand_behind(std::string_view lead, const std::string& number) {
    if (number.find_first_not_of("ivx") != std::string::npos) return true;
    if (is_ascii_letter(lead.back())) return false;
    const std::string_view words = lead.substr(0, lead.find_first_of(" .:#-"));
    return number.size() > 1 || words != "no" || lead.find("urut") != std::string_view::npos;
  }

  static bool is_whole(std::string_view text, std::size_t end, const std::string& number) {
    const std::string_view rest = text.substr(end);
    const bool is_decimal =
        rest.size() > 1 && (rest[0] == ',' || rest[0] == '.') && is_ascii_digit(rest[1]);
    const bool is_repeated = is_ascii_letter(number[0]) && rest.starts_with('-' + number);
    return !word_continues_at(text, end) && !is_decimal && !is_repeated;
  }

  void find_keycaps(std::string_view text, const MentionContext& context,
                    std::vector<Mention>& mentions) const {
    static const re2::RE2 keycaps("(?:[0-9]\\x{20E3})+");
    std::array<re2::StringPiece, 1> groups;
    for (std::size_t from = 0;
         keycaps.Match(text, from, text.size(), re2::RE2::UNANCHORED, groups.data(), 1);) {
      std::string digits;
      for (const char c : groups[0]) {
        if (is_ascii_digit(c)) digits += c;
      }
      const auto start = static_cast<std::size_t>(groups[0].data() - text.data());
      from = start + groups[0].size();
      if (digits.find_last_not_of('0') == std::string::npos) digits = "0";
      digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
      if (digits.size() > 2) continue;
      add_number(value_of(digits),
                 {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(from)}, context,
                 mentions);
    }
  }

  void find_handles(std::string_view text, const MentionContext& context,
                    std::vector<Mention>& mentions) const {
    static const re2::RE2 expression("@((?:[a-z0-9._-]+@)?[a-z0-9._-]+|)");
    for (std::size_t sign = text.find('@'); sign != std::string_view::npos;
         sign = text.find('@', sign + 1)) {
      if (word_continues_before(text, sign)) continue;
      re2::StringPiece found;
      re2::RE2::PartialMatch(text.substr(sign), expression, &found);
      std::string handle(found);
      while (handle.ends_with('.') || handle.ends_with('-')) handle.pop_back();
      for (const CandidateHandle& entry : handles_) {
        if (entry.handle != handle || entry.platform != context.platform) continue;
        const Day day = contests_[entry.contest].zone.day_of(context.time);
        if (!entry.validity.holds_on(day)) continue;
        add({entry.contest, entry.candidate, false, {}, MentionKind::Handle}, sign,
            sign + 1 + handle.size(), mentions);
      }
    }
  }

  static std::vector<Mention> without_lone_slogans(const std::vector<Mention>& mentions) {
    std::vector<Mention> kept;
    for (const Mention& mention : mentions) {
      const bool beside = std::ranges::any_of(mentions, [&](const Mention& other) {
        return !other.slogan && other.contest == mention.contest &&
               other.candidate == mention.candidate;
      });
      if (!mention.slogan || beside) kept.push_back(mention);
    }
    std::ranges::sort(kept, {}, order_of);
    const auto doubles = std::unique(kept.begin(), kept.end(), [](const auto& a, const auto& b) {
      return order_of(a) == order_of(b);
    });
    kept.erase(doubles, kept.end());
    return kept;
  }

  const ContestList& contests_;
  const std::vector<CandidateHandle>& handles_;
  std::vector<Owned> names_;
  std::vector<Owned> hashtags_;
};

}  // namespace pantau
