// A line as JSON, parsed by nlohmann's library with everything kept that a record may need: the
// order of fields, repeated ones too, and numbers as they were written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pantau {

struct PlainJson {
  enum class Is { Nothing, Null, Boolean, Integer, Fraction, String, Array, Object };
  Is is = Is::Nothing;
  std::string text;               // of a string; a number as written
  std::vector<std::string> keys;  // of an object's fields
  std::vector<PlainJson> values;  // of the same fields, or of an array

  // The first field of that name, for of duplicate keys the first counts; else nothing.
  const PlainJson& operator[](std::string_view key) const;

  // Whether there is something: null and "" mean that there is not.
  bool given() const {
    return is != Is::Nothing && is != Is::Null && !(is == Is::String && text.empty());
  }
};

struct PlainLine {
  std::string reason;  // "utf8", "depth", "json"; "" for an object
  PlainJson object;
  bool unsure = false;  // it holds a number beyond a double, which the library refuses
};

PlainLine parse_plainly(std::string_view line);

}  // namespace pantau
