// The text formats, as tables of testdata/*.test, and what tables cannot say.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "base/text.h"
#include "testing/text_cases.h"
#include "tlog/tlog.h"

namespace jingwei::tlog {
namespace {

/// The block with \xNN as bytes and a newline at its end, unless it ends with \c.
std::string text_of(const std::string& block) {
  std::string out;
  for (std::size_t i = 0; i < block.size(); ++i) {
    if (block.compare(i, 2, "\\x") == 0) {
      out += as_text(*from_hex(block.substr(i + 2, 2)));
      i += 3;
    } else {
      out += block[i];
    }
  }
  if (out.ends_with("\\c")) return out.substr(0, out.size() - 2);
  return out + "\n";
}

/// For each case of a file, what `read` says of it; refusals must be of the caller's kind and in both languages.
void expect_cases(const std::string& file, const std::function<std::string(const testing::TextCase&)>& read) {
  for (const auto& text_case : testing::read_text_cases(JINGWEI_TESTDATA "/" + file)) {
    SCOPED_TRACE(fmt::format("{}:{} {}", text_case.file, text_case.line, text_case.name));
    std::string seen;
    try {
      seen = read(text_case);
    } catch (const Rejected& rejected) {
      EXPECT_EQ(rejected.code(), Code::malformed);
      EXPECT_FALSE(rejected.message().zh.empty());
      seen = std::string("refused: ") + rejected.what();
    }
    EXPECT_EQ(seen, text_case.block("expect"));
  }
}

TEST(Format, VerifierKeys) {
  expect_cases("vkey.test", [](const testing::TextCase& text_case) {
    const VerifierKey key = parse_vkey(text_case.block("input"));
    EXPECT_EQ(format_vkey(key), text_case.block("input"));
    return fmt::format("{} {:02x}", key.name, static_cast<int>(key.type));
  });
}

TEST(Format, SignedNotes) {
  expect_cases("note.test", [](const testing::TextCase& text_case) {
    std::vector<VerifierKey> keys;
    for (const auto line : split(text_case.block("keys"), '\n'))
      if (!line.empty()) keys.push_back(parse_vkey(line));
    const std::string bytes = text_of(text_case.block("note"));
    const SignedNote note = parse_note(bytes);
    EXPECT_EQ(format_note(note), bytes);
    std::vector<std::string> signers;
    for (const VerifiedSignature& signature : verify_note(note, keys)) {
      signers.push_back(keys[signature.key].name + (signature.cosigned_at ? " at " + to_rfc3339(*signature.cosigned_at) : ""));
    }
    return join(signers, "\n");
  });
}

TEST(Format, Checkpoints) {
  expect_cases("checkpoint.test", [](const testing::TextCase& text_case) {
    const std::string text = text_of(text_case.block("input"));
    const Checkpoint checkpoint = parse_checkpoint(text);
    EXPECT_EQ(format_checkpoint(checkpoint), text);
    std::string seen = fmt::format("{} {} {}", checkpoint.origin, checkpoint.size, to_hex(checkpoint.root).substr(0, 8));
    for (const std::string& line : checkpoint.extensions) seen += " [" + line + "]";
    return seen;
  });
}

TEST(Format, TilePaths) {
  expect_cases("tile_path.test", [](const testing::TextCase& text_case) {
    std::vector<std::string> seen;
    for (const auto line : split(text_case.block("input"), '\n')) {
      try {
        const TilePath path = parse_tile_path(line);
        EXPECT_EQ(format_tile_path(path), line);
        const std::string kind = path.entries ? "entries" : fmt::format("level {}", path.level);
        seen.push_back(fmt::format("{} index {} width {}", kind, path.index, path.width));
      } catch (const Rejected& rejected) {
        EXPECT_EQ(rejected.code(), Code::malformed);
        seen.emplace_back("refused");
      }
    }
    return join(seen, "\n");
  });
}

TEST(Format, Proofs) {
  expect_cases("proof.test", [](const testing::TextCase& text_case) {
    const std::string text = text_of(text_case.block("input"));
    const ProofText proof = parse_proof_text(text);
    EXPECT_EQ(format_proof_text(proof), text);
    return fmt::format("index {}, {} hashes, {}checkpoint of {} bytes", proof.index, proof.path.size(),
                       proof.extra ? fmt::format("extra \"{}\", ", as_text(*proof.extra)) : "", proof.checkpoint.size());
  });
}

TEST(Format, LimitsAreKept) {
  const std::string line = "\u2014 x AAAAAAA=\n";
  std::string note = "text\n\n";
  for (std::size_t i = 0; i < kNoteSignaturesMax; ++i) note += line;
  EXPECT_EQ(parse_note(note).signatures.size(), kNoteSignaturesMax);
  EXPECT_THROW(parse_note(note + line), Rejected);
  EXPECT_THROW(parse_note(std::string(kNoteBytesMax, 'x') + "\n\n" + line), Rejected);
  EXPECT_THROW(parse_vkey(std::string(kVkeyBytesMax + 1, 'x')), Rejected);

  const std::string hash = to_base64(empty_root()) + "\n";
  std::string checkpoint = "x\n1\n" + hash;
  for (std::size_t i = 0; i < kExtensionLinesMax; ++i) checkpoint += "more\n";
  EXPECT_EQ(parse_checkpoint(checkpoint).extensions.size(), kExtensionLinesMax);
  EXPECT_THROW(parse_checkpoint(checkpoint + "more\n"), Rejected);

  std::string proof = "c2sp.org/tlog-proof@v1\nindex 0\n";
  for (std::size_t i = 0; i < kPathHashesMax; ++i) proof += hash;
  const std::string end = "\nx\n1\n" + hash + "\n" + line;
  EXPECT_EQ(parse_proof_text(proof + end).path.size(), kPathHashesMax);
  EXPECT_THROW(parse_proof_text(proof + hash + end), Rejected);
  const std::string extra = "c2sp.org/tlog-proof@v1\nextra " + to_base64(Bytes(kProofExtraBytesMax + 1)) + "\nindex 0\n";
  EXPECT_THROW(parse_proof_text(extra + end), Rejected);
}

// ---- signing

TEST(Sign, ThisLogSignsAsAnotherImplementationDid) {
  // The private key of the public test log whose checkpoint is in note.test.
  const Bytes secret = *from_base64("7KZj9JkBfSNlwnx6dnkVjUPP7BMwvbJZKQr70NIXd6A=");
  crypto::Seed seed{};
  std::copy(secret.begin(), secret.end(), seed.begin());
  const crypto::KeyPair key = crypto::KeyPair::from_seed(seed);
  Hash root;
  const Bytes root_bytes = *from_base64("rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=");
  std::copy(root_bytes.begin(), root_bytes.end(), root.begin());
  const std::string text = format_checkpoint({"example.com/log/testdata", 15, root, {}});
  EXPECT_EQ(format_signature(sign_note(text, "example.com/log/testdata", key)),
            "\u2014 example.com/log/testdata M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=\n");
  EXPECT_EQ(format_signature(cosign_note(text, "witness.example/w1", key, {1'679'315'147'500'000})),
            "\u2014 witness.example/w1 "
            "wDrY1AAAAABkGFDLU8lL/xl41ywuQPE4WNwBRA1vvmUnCQ/yy6aSAjZW42mczmnuBM5L6fhzKnTK9SPHBTn/n3KBl4dSA7KK7aJFCA==\n");
}

TEST(Sign, ACheckpointOpensOnlyWithTheKeyOfItsOwnName) {
  const crypto::KeyPair key = crypto::KeyPair::from_seed({5});
  const auto signed_under = [&](const std::string& origin, const std::string& name) {
    const std::string text = format_checkpoint({origin, 0, empty_root(), {}});
    return format_note({text, {sign_note(text, name, key)}});
  };
  const VerifierKey verifier = make_verifier_key("a.example/log", KeyType::ed25519, key.public_key());
  EXPECT_EQ(open_checkpoint(signed_under("a.example/log", "a.example/log"), verifier).size, 0U);
  EXPECT_THROW(open_checkpoint(signed_under("b.example/log", "a.example/log"), verifier), Rejected);
  EXPECT_THROW(open_checkpoint(signed_under("a.example/log", "b.example/log"), verifier), Rejected);
}

// ---- checking a proof against a policy

struct Proved {
  crypto::KeyPair log = crypto::KeyPair::from_seed({1});
  crypto::KeyPair witness = crypto::KeyPair::from_seed({2});
  ProofPolicy policy{{make_verifier_key("a.example/log", KeyType::ed25519, log.public_key())},
                     {make_verifier_key("w.example", KeyType::cosignature_v1, witness.public_key())},
                     1};
  ProofText proof;

  Proved() {
    const std::string text = format_checkpoint({"a.example/log", 2, node_hash(leaf_hash(as_bytes("one")), leaf_hash(as_bytes("two"))), {}});
    proof = {{}, 1, {leaf_hash(as_bytes("one"))}, format_note({text, {sign_note(text, "a.example/log", log), cosign_note(text, "w.example", witness, {})}})};
  }
  /// Which of format, log, inclusion, witnesses pass, as a word of four letters.
  std::string outcome(std::string_view leaf = "two") const {
    std::string word;
    for (const ProofCheck& check : verify_proof(format_proof_text(proof), as_bytes(leaf), policy)) {
      EXPECT_FALSE(check.name.zh.empty() || check.name.en.empty() || check.detail.zh.empty() || check.detail.en.empty());
      word += check.passed ? 'P' : 'F';
    }
    return word;
  }
};

TEST(VerifyProof, PassesEachCheckOnlyWithWhatItNeeds) {
  EXPECT_EQ(Proved().outcome(), "PPPP");
  EXPECT_EQ(Proved().outcome("three"), "PPFP");
  Proved other_index;
  other_index.proof.index = 0;
  EXPECT_EQ(other_index.outcome(), "PPFP");
  Proved unknown_log;
  unknown_log.policy.logs.clear();
  EXPECT_EQ(unknown_log.outcome(), "PFFP") << "inclusion under a root nobody signed is not claimed";
  Proved other_key;
  other_key.policy.logs = {make_verifier_key("a.example/log", KeyType::ed25519, crypto::KeyPair::from_seed({3}).public_key())};
  EXPECT_EQ(other_key.outcome(), "PFFP");
  Proved rolled_key = other_key;
  rolled_key.policy.logs.push_back(Proved().policy.logs[0]);
  EXPECT_EQ(rolled_key.outcome(), "PPPP") << "a log may have two keys while it changes them";
  Proved two_needed;
  two_needed.policy.quorum = 2;
  EXPECT_EQ(two_needed.outcome(), "PPPF");
  Proved none_needed;
  none_needed.policy.quorum = 0;
  none_needed.policy.witnesses.clear();
  EXPECT_EQ(none_needed.outcome(), "PPPP");
  for (const ProofCheck& check : verify_proof("nonsense", {}, Proved().policy)) EXPECT_FALSE(check.passed);
}

TEST(VerifyProof, ATamperedCosignatureFailsAloneAndVisibly) {
  Proved proved;
  SignedNote note = parse_note(proved.proof.checkpoint);
  note.signatures[1].signature[20] ^= 1;
  proved.proof.checkpoint = format_note(note);
  EXPECT_EQ(proved.outcome(), "PPPF");
  note.signatures[0].signature[20] ^= 1;
  proved.proof.checkpoint = format_note(note);
  EXPECT_EQ(proved.outcome(), "PFFF");
}

}  // namespace
}  // namespace jingwei::tlog
