// A time stamping authority on this machine: `openssl ts`, with a made-up certificate.
#pragma once

#include <string>

#include "tests/evidence/made_up_authority.h"
#include "tests/evidence/shell.h"
#include "tests/support/temporary_folder.h"

namespace pantau {

class Stamper {
 public:
  explicit Stamper(MadeUpAuthority authority) : authority_(std::move(authority)) {
    write_file(folder_ / "tsa.key", authority_.key);
    write_file(folder_ / "tsa.pem", authority_.certificate);
    write_file(folder_ / "serial", "01\n");
    write_file(folder_ / "tsa.cnf",
               "[tsa]\ndefault_tsa = made_up\n[made_up]\nserial = ./serial\n"
               "signer_cert = ./tsa.pem\nsigner_key = ./tsa.key\n"
               "signer_digest = sha256\ndefault_policy = 1.2.3.4.1\nother_policies = 1.2.3.4.5\n"
               "digests = sha256\naccuracy = secs:1\nordering = yes\ntsa_name = no\n"
               "ess_cert_id_chain = no\ness_cert_id_alg = sha256\n");
  }

  // DER to DER.
  std::string answer(const std::string& request) {
    write_file(folder_ / "request.tsq", request);
    const Ran ran = run_in(
        folder_.path(), "openssl ts -reply -config tsa.cnf -queryfile request.tsq -out answer.tsr");
    EXPECT_EQ(ran.status, 0) << ran.output;
    return read_file(folder_ / "answer.tsr");
  }

  const std::string& certificate() const { return authority_.certificate; }

 private:
  MadeUpAuthority authority_;
  TemporaryFolder folder_;
};

}  // namespace pantau
