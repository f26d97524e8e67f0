// What proves where a bag comes from and since when it is as it is: a detached CMS signature and
// an RFC 3161 time stamp, both over its tag manifest, which names the hash of everything else.
//
// With an RSA or Ed25519 key the same bag has the same signature: the time of signing is the
// bag's own. A time stamp is different each time, as it must be.
#pragma once

#include <string>
#include <string_view>

#include "classifiers/base/result.h"
#include "classifiers/base/time.h"

namespace pantau {

// PEM files are read whole.
inline constexpr std::size_t kPemBytesMax = std::size_t{1} << 20;
inline constexpr std::size_t kSealBytesMax = std::size_t{1} << 20;  // of a signature or a stamp

// DER. `at`: RFC 3339, the time of signing that the signature tells. Fault::Config if the key is
// none, is not the certificate's, or is encrypted.
Result<std::string> sign_detached(std::string_view data, const std::string& key_pem,
                                  const std::string& certificate_pem, std::string_view at);

struct Signed {
  std::string signer;  // the certificate's subject
};

// Whether `signature` is one of `data` by who is trusted in `ca_pem` (certificates of authorities,
// or of the signer), at a time. Fault::Source, with the reason, if it is not.
Result<Signed> check_signature(std::string_view data, std::string_view signature,
                               const std::string& ca_pem, Instant at);

// DER of a TimeStampReq that asks for a stamp of `data` by SHA-256. It has no nonce: an answer
// that was given before to the same question says as truly that the data was there.
Result<std::string> timestamp_request(std::string_view data);

struct Stamped {
  Instant at;
  std::string authority;
};

// Whether `answer` (DER of a TimeStampResp) stamps `data`, by an authority trusted in `ca_pem`,
// whose certificates were valid when it did. That they have run out since is no fault.
Result<Stamped> check_timestamp(std::string_view data, std::string_view answer,
                                const std::string& ca_pem);

}  // namespace pantau
