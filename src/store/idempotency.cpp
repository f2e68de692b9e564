// Answers kept under idempotency keys, written in the transaction of the act they answer.
#include "store/store.h"

namespace jingwei::store {

std::optional<KeptAnswer> find_answer(Transaction& transaction, std::string_view actor_id, std::string_view key, std::string_view request_digest) {
  std::optional<KeptAnswer> answer;
  bool same_request = true;
  transaction.query("SELECT request_digest, status, headers, body FROM idempotency_keys WHERE actor_id = $1 AND key = $2", {actor_id, key},
                    [&](const Row& row) {
                      same_request = row.text(0) == request_digest;
                      answer = KeptAnswer{row.integer(1), row.string(2), row.string(3)};
                    });
  if (!same_request)
    throw Rejected(Code::conflict, "Idempotency-Key", {"这个幂等键已用于另一个请求", "this idempotency key was used for another request"},
                   {"为新的请求换一个键", "use a new key for a new request"});
  return answer;
}

void keep_answer(Transaction& transaction, std::string_view actor_id, std::string_view key, std::string_view request_digest, const KeptAnswer& answer) {
  transaction.execute(
      "INSERT INTO idempotency_keys (actor_id, key, request_digest, at_us, status, headers, body) VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {actor_id, key, request_digest, transaction.now().us, answer.status, answer.headers, answer.body});
}

std::int64_t drop_old_answers(Transaction& transaction) {
  return transaction.execute("DELETE FROM idempotency_keys WHERE at_us < $1", {transaction.now().us - kIdempotencyKeptDays * kMicrosPerDay});
}

}  // namespace jingwei::store
