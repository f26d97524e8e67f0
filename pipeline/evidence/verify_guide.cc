#include "pipeline/evidence/verify_guide.h"

namespace pantau {
namespace {

constexpr std::string_view kVerifyGuide = R"guide(CARA MEMERIKSA KEUTUHAN BERKAS INI
==================================

Map ini adalah "bag" menurut BagIt 1.0 (RFC 8493). Isinya dugaan, bukan putusan.
Pemeriksaan hanya membutuhkan coreutils dan openssl, yang ada di setiap Linux:

    sh verify.sh

Perintah itu melakukan langkah-langkah berikut, yang juga dapat dijalankan satu per satu
di dalam map ini:

1. Setiap berkas di data/ sama dengan saat map dibuat:
       sha256sum -c --strict manifest-sha256.txt
       sha512sum -c --strict manifest-sha512.txt
2. Daftar-daftar itu sendiri tidak diubah:
       sha256sum -c --strict tagmanifest-sha256.txt
       sha512sum -c --strict tagmanifest-sha512.txt
3. Tidak ada berkas tambahan di data/.
4. Tanda tangan (bila ada tagmanifest-sha256.txt.sig):
       openssl cms -verify -binary -inform DER -in tagmanifest-sha256.txt.sig \
         -content tagmanifest-sha256.txt -CAfile certs/signer.pem -partial_chain \
         -purpose any -out /dev/null
5. Stempel waktu RFC 3161 (bila ada tagmanifest-sha256.txt.tsr):
       openssl ts -verify -data tagmanifest-sha256.txt -in tagmanifest-sha256.txt.tsr \
         -CAfile certs/tsa-ca.pem
   Bila sertifikat penyedia stempel sudah kedaluwarsa sekarang, tambahkan -attime dengan
   waktu stempel itu (detik sejak 1970); verify.sh melakukannya.

Langkah 1 sampai 3 menemukan perubahan yang tidak disengaja. Siapa pun dapat membuat map baru
yang lolos langkah itu; yang membuktikan asal dan waktu adalah langkah 4 dan 5, dan hanya bila
sertifikat di certs/ memang milik kantor pembuat dan penyedia stempel. Mintalah sidik jari
sertifikat itu langsung dari mereka, lalu bandingkan:
       openssl x509 -noout -fingerprint -sha256 -in certs/signer.pem
atau pakai sertifikat milik Anda sendiri: SIGNER_CA=… TSA_CA=… sh verify.sh

Berkas .sig dan .tsr tidak dapat ada di dalam daftar yang mereka tanda tangani; keduanya
membuktikan dirinya sendiri dalam langkah 4 dan 5.

Pada SALINAN, nama, NIP dan akun disamarkan, dan bita yang diterima tidak disertakan; naskah
asli tersegel memuat semuanya. SHA-256 tiap bukti di data/case.json sama pada keduanya.

"pantau verify MAP" memeriksa semua ini dan juga hubungan antarberkas di dalamnya.


HOW TO CHECK THAT THIS FOLDER IS WHOLE
======================================

This folder is a bag after BagIt 1.0 (RFC 8493). It holds suspicions, not a verdict.
To check it, coreutils and openssl are enough:

    sh verify.sh

It does the following, which can also be done by hand inside this folder:

1. every file in data/ is as it was:             sha256sum -c --strict manifest-sha256.txt
                                                 sha512sum -c --strict manifest-sha512.txt
2. the lists themselves are as they were:        sha256sum -c --strict tagmanifest-sha256.txt
                                                 sha512sum -c --strict tagmanifest-sha512.txt
3. there are no further files in data/
4. the signature, if there is a .sig:            openssl cms -verify …   (as above)
5. the RFC 3161 time stamp, if there is a .tsr:  openssl ts -verify …    (as above)

Steps 1 to 3 find accidents. Anybody can make a new folder that passes them; it is steps 4 and 5
that prove origin and time, and only if the certificates in certs/ are really those of the office
and of the time stamping authority. Ask them for the fingerprints, or use certificates of your
own: SIGNER_CA=… TSA_CA=… sh verify.sh

The files .sig and .tsr cannot be on the lists that they sign; steps 4 and 5 prove them.

A COPY has names, staff numbers and accounts masked, and is without the bytes that were received;
the sealed original has all of it. The SHA-256 of each piece of evidence in data/case.json is the
same in both.

"pantau verify FOLDER" checks all of this, and how the files inside agree.
)guide";

constexpr std::string_view kVerifyScript = R"script(#!/bin/sh
# Memeriksa map ini / checks this folder: needs coreutils and openssl only.
# SIGNER_CA=FILE, TSA_CA=FILE: certificates that you trust, in place of those in certs/.
# Exit status: 0 everything holds, 1 something does not, 2 it could not be checked.
set -u
LC_ALL=C
export LC_ALL
cd "$(dirname "$0")" || exit 2
SIGNER_CA=${SIGNER_CA:-certs/signer.pem}
TSA_CA=${TSA_CA:-certs/tsa-ca.pem}
wrong=0
at=
nl='
'

ok() { printf 'OK     %s\n' "$1"; }
bad() {
  printf 'SALAH  %s\n' "$1"
  wrong=1
}

sums() { # PROGRAM LIST
  if [ ! -f "$2" ]; then
    bad "$2: tidak ada / missing"
  elif "$1" -c --strict --quiet "$2"; then
    ok "$2"
  else
    bad "$2"
  fi
}
sums sha256sum tagmanifest-sha256.txt
sums sha512sum tagmanifest-sha512.txt
sums sha256sum manifest-sha256.txt
sums sha512sum manifest-sha512.txt

listed="$nl$(cut -c67- manifest-sha256.txt)$nl"
extra=$(du -a data | cut -f2- | while IFS= read -r file; do
  if [ -L "$file" ] || [ ! -d "$file" ]; then
    case "$listed" in
      *"$nl$file$nl"*) [ -L "$file" ] && printf '%s\n' "$file" ;;
      *) printf '%s\n' "$file" ;;
    esac
  fi
done)
if [ -z "$extra" ]; then ok "data/: tidak ada berkas tambahan / nothing further"; else
  bad "data/: berkas tambahan / further files: $extra"
fi

if [ -f tagmanifest-sha256.txt.tsr ]; then
  # The authority's certificate must have been valid when it stamped, not today.
  when=$(openssl ts -reply -in tagmanifest-sha256.txt.tsr -text 2>/dev/null |
    while IFS= read -r line; do
      case "$line" in 'Time stamp: '*) printf '%s\n' "${line#Time stamp: }" ;; esac
    done)
  at=$(date -u -d "$when" +%s 2>/dev/null)
  if [ -n "$when" ] && [ -n "$at" ] &&
    openssl ts -verify -data tagmanifest-sha256.txt -in tagmanifest-sha256.txt.tsr \
      -CAfile "$TSA_CA" -attime "$at" >/dev/null 2>&1; then
    ok "stempel waktu / time stamp: $when"
  else
    bad "stempel waktu / time stamp"
    at=
  fi
else
  echo "--     tanpa stempel waktu / no time stamp"
fi

if [ -f tagmanifest-sha256.txt.sig ]; then
  if openssl cms -verify -binary -inform DER -in tagmanifest-sha256.txt.sig \
    -content tagmanifest-sha256.txt -CAfile "$SIGNER_CA" -partial_chain -purpose any \
    ${at:+-attime "$at"} -out /dev/null >/dev/null 2>&1; then
    ok "tanda tangan / signature: $(openssl x509 -noout -subject -in "$SIGNER_CA" 2>/dev/null)"
  else
    bad "tanda tangan / signature"
  fi
else
  echo "--     tanpa tanda tangan / no signature"
fi

if [ "$wrong" -eq 0 ]; then echo "UTUH / WHOLE"; else echo "TIDAK UTUH / NOT WHOLE"; fi
exit "$wrong"
)script";

}  // namespace

std::string_view verify_guide() {
  return kVerifyGuide;
}

std::string_view verify_script() {
  return kVerifyScript;
}

}  // namespace pantau
